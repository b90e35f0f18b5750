// How people say that an officer or official took money, hit, covered up or ignored them; and what only looks like it.
#include <gtest/gtest.h>

#include "bot/conversation/complaint.hpp"
#include "tests/support/handbook.hpp"

namespace {

using bot::complaint;

complaint complaint_of(std::string_view text) {
  return bot::complaint_in(bot::language::split(text), support::shipped_handbook().complaints);
}

constexpr std::string_view of_officers[] = {
    "anggota polsek kraton minta uang damai 2 juta ke saya",
    "pak polisi di polsek bangil mukuli adik saya waktu ditahan",
    "kapolsek grati terima suap dari bandar judi di desa ranuklindungan",
    "oknum polsek beji ngebekingi judi sabung ayam di desa baujeng",
    "tadi saya ditilang polisi di bangil diminta 100 ribu tanpa surat",
    "bhabinkamtibmas desa ngerong minta duit ke warga",
    "pak polisi polsek gadingrejo mukuli adik saya di kel gentong",
    "polisi di polsek kejayan minta uang 500rb buat ngurus laporan kehilangan",
    "pak polisi polsek kejayan minta duit 500 ribu katanya biar laporan saya diproses",
    "polisi nembak orang di kel gentong",
    "polisi minta uang di pasar bangil",
    "dipalak polisi di pertigaan gempol",
    "saya dipukul polisi waktu ditilang di gempol",
    "saya dipalak polisi di pertigaan",
    "tadi dipukul sama oknum polsek",
    "polisi di situ sering minta uang ke sopir",
    "oknum polantas kemarin memeras sopir truk",
    "saya dimintai uang sama oknum polisi waktu ditilang di gadingrejo",
    "saya dipalak oknum polisi di Kel. Gentong tadi siang, dimintai uang damai",
    "oknum polantas minta 200rb damai di tempat di pertigaan Carat kemarin jam 10 pagi. saya ada rekamannya, mau "
    "dilaporkan ke siapa",
    "laporan saya di polsek bangil tidak diproses, disuruh bayar dulu",
    "sudah tiga kali lapor ke polsek rembang soal motor hilang gak ditanggapi malah dimarahi",
    "polsek purworejo menolak laporan saya, katanya bukan wilayahnya",
    "adik saya dipukuli waktu ditahan di polsek bangil, mukanya bengkak",
    "saya ditilang di perempatan karangketug, disuruh damai 150 ribu",
    "kena razia di jalan raya beji, diminta 200rb sama petugas",
    "polisine njaluk duit satus ewu nang prapatan purwosari",
    "aku dijaluki duit polisi nang prapatan kejayan",
    "bripka andi dari polsek gempol minta setoran tiap minggu ke warung saya",
    "tiap bulan bandar togel setor ke polsek winongan",
    "kanit reskrim polsek purwosari minta 5 juta biar anak saya dilepas",
    "polisi sing jogo nang alun-alun wingi ngaplok arek cilik",
    "pak bhabin desa wonosari ngancam saya kalau tidak cabut laporan",
    "ngurus surat kehilangan di polsek taman disuruh bayar 50 ribu",
    "motor saya ditahan polsek gempol, disuruh bayar tebusan 3 juta",
    "polisi polres pasuruan kota semalam mabuk sambil nodong pistol di warung",
    "anggota reskrim merampas hp saya di kos daerah mejayan",
    "judi di desa wonokoyo aman terus karena dibekingi oknum polisi",
    "polsek kraton tutup mata soal judi dadu di belakang pasar",
    "suami saya ditangkap polisi dan dipukuli sampai pingsan",
    "tang ale' epokol polisi e polsek grati",
    "pulisi menta pesse saratos ebu e embong nguling",
    "the police at polsek kraton asked me for money",
    "a police officer beat my brother at polsek bangil",
    "dua orang berseragam coklat malak sopir truk tiap malam di jembatan sladi",
    "penyidik minta uang 3 juta supaya perkara adik saya jalan",
    "di samsat bangil saya perpanjang stnk diminta 100 ribu lebih tanpa kwitansi",
    "petugas minta uang damai di pos lalu lintas",
    "tolong pak, polisi di polsek rejoso nampar anak saya",
    "polisi yang jaga di pasar bangil kemarin sore waktu razia minta uang ke tukang sayur",
    "saya lihat sendiri polisi berseragam di pertigaan nguling nerima uang dari sopir truk",
    "pak saya mau lapor soal oknum anggota polsek lekok yang sering minta rokok sama duit ke nelayan",
    "kapolsek dolopo melindungi bandar sabung ayam",
    "sudah setor ke polsek katanya jadi tambang pasir liar itu gak bisa ditutup",
    "saya nyogok polisi 300 ribu biar motor keluar",
    "aiptu sutrisno ngancam saya pakai pistol di warung kopi desa kedungringin",
    "tetangga saya dipukuli dua polisi di rumahnya subuh tadi",
    "laporan kdrt saya ditolak polsek wungu disuruh damai saja",
    "mau lapor kehilangan di polres malah dimintai uang rokok",
    "saya diperas polisi, diminta 10 juta biar tidak ditahan",
    "kasus pencurian motor saya di polsek kejayan gak diproses karena laporan saya belum bayar",
    "anak saya ditangkap polsek gempol lalu dipukuli supaya ngaku",
    "polisi polisi itu main judi di pos, malah nendang orang lewat",
    "bapak polisi yang di pos grati tadi pagi nyuruh bayar 250 ribu katanya denda di tempat",
    "polisi lalu lintas di exit tol pandaan narik 50 ribu tiap truk",
    "pak pol nek nyegat nang kono mesti njaluk satus",
    "babin desa kami pura pura tidak tahu soal judi karena dapat jatah",
    "reserse polres madiun nyita hp saya tanpa surat dan minta 2 juta buat nebus",
};

constexpr std::string_view of_officials[] = {
    "lurah gentong minta 200 ribu buat tanda tangan surat tanah",
    "kades sumberagung grati korupsi dana desa, ngancam warga yang protes",
    "kepala desa sumberagung kecamatan grati minta uang buat bansos",
    "kepala desa minta jatah dari bantuan beras warga, desa kincang wetan jiwan",
    "kades pungli bantuan sembako",
    "babinsa desa pohgading mukuli pemuda di warung kopi",
    "satpol pp kemarin sore di alun alun merampas dagangan saya dan nendang gerobak",
    "perangkat desa motong blt 100 ribu tiap warga",
    "klebun menta pesse ka reng-oreng se olle bantuan",
    "ngurus ktp di kelurahan diminta 50 ribu",
    "pak camat terima amplop dari pengembang di lumbang",
    "bansos kami dipotong sama pak kades, tiap orang 150 ribu",
    "carik e njaluk duit satus ewu nek arep njupuk beras",
    "the village head asked for 200 thousand for a signature",
    "oknum satpol pp minta uang ke pedagang pasar kebonagung tiap hari",
};

constexpr std::string_view of_nobody[] = {
    "polisi mukuli maling? gak tau",
    "tolong polisi kesini, ada yang mukuli adik saya",
    "minta nomor polsek",
    "polisi datang, sudah aman",
    "pak polisi tolong, saya dipukul tetangga",
    "lapor pak polisi ada yang minta uang parkir paksa",
    "kemarin saya dipukul orang, sudah lapor polisi",
    "orang ngaku polisi minta uang 5 juta lewat telepon",
    "ada polisi gadungan meras sopir di jalan raya grati",
    "Ada yg nelpon ngaku polisi minta transfer 3 jt anak saya katanya ditahan",
    "tadi malam film polisinya korupsi semua wkwk",
    "saya dikeroyok di depan polsek bangil",
    "dipalak preman dekat pos polisi gempol",
    "massa lempar batu ke polisi di pertigaan",
    "polisi dipukuli massa waktu membubarkan tawuran",
    "warga demo minta kades yang korupsi mundur",
    "apakah polisi boleh minta uang saat tilang?",
    "petugas PLN minta uang 300 ribu di rumah saya",
    "petugas parkir minta uang dua kali",
    "sudah lapor ke polsek kemarin, sekarang tetangga ngancam saya lagi",
    "pak lurah bukir selingkuh sama warga",
    "polisi tidur di gang kami bikin orang jatuh, tolong",
    "motor nabrak polisi tidur terus dipukuli warga",
    "malingnya ditangkap polisi, tadi sempat dipukuli warga",
    "pak polisi judi sabung ayam di desa baujeng tiap minggu",
    "pak polisi ada orang mabuk mukuli istrinya",
    "pak polsek gadingrejo tolong ke sini, suami saya mukul saya",
    "terima kasih pak polisi, uang saya sudah kembali",
    "wis 3 hari saya lapor balap liar di Sogaten gak ono sing teko, polisi ngapain aja sih",
    "lapor polisi, tadi anak saya dipalak di depan sekolah",
    "anak saya dipukul gurunya, mau lapor ke polsek mana ya",
    "rumah pak kades dilempari batu, kacanya pecah",
    "calon kades nomor 2 bagi bagi uang 50 ribu",
    "polisi tidak minta uang apa apa, pelayanan bagus",
    "oknum guru mukul murid di sd bukir",
    "anggota silat mukuli pemuda di alun alun",
    "ada yang minta2 sumbangan ngaku dari polsek, jual kalender 150rb",
    "polisi ganteng yg jaga di st bangil tadi siang minta no wa nya dong",
    "kenapa tadi sore banyak polisi di alun-alun",
    "temen gw ditilang padahal lengkap, ini polisi apa preman",
    "pak polisi saya minta uang saya kembali dari penipu olshop",
    "suami saya polisi? bukan, dia satpam yang dipukuli preman",
    "pak kades dan pak bhabin sudah melerai, tapi mereka masih ngancam",
    "jalan depan kantor desa macet, ada demo",
    "polisi saya minta tolong, ada yang ngancam mau bunuh saya",
    "ada yang dipukuli, polisi belum datang",
    "assalamualaikum pak polisi, tadi anak saya dipalak kakak kelas 50 ribu",
    "pak kapolsek mohon ditindak, jukir di pasar minta 10 ribu",
    "mau tanya biaya sim di satpas polres berapa, katanya diminta tes dulu",
    "polisi tolong cepat, mereka mau nembak saya",
    "saya ditilang kemarin, ambil motornya di polres bawa apa aja",
    "sudah saya laporkan ke polsek bangil, pelaku malah ngancam saya",
    "tetangga saya anggota polisi, rumahnya kemalingan",
    "suami saya polisi, saya dipukuli mertua",
    "ketua rt minta uang iuran 20 ribu",
    "pak bhabin sudah datang melerai yang berkelahi, sekarang aman",
    "orang mabuk ngancam polisi yang lagi patroli",
    "dipukuli orang mabuk, polisi tolong ke sini",
    "maling ditangkap warga dipukuli di balai desa, tolong polisi datang",
    "rombongan pengantin dikawal polisi minta jalan ditutup",
    "kantor desa dibobol maling, uang bansos diambil",
    "wartawan gadungan meras kepala desa 5 juta",
    "preman mengaku anggota polsek minta setoran di pasar",
    "kecamatan gadingrejo banyak orang minta uang di lampu merah",
    "di kelurahan gentong ada pemuda mukuli anak kecil",
    "di kecamatan bangil anak saya dipukuli teman sekolahnya",
    "kecamatan lekok nelayan dipalak preman 50 ribu",
    "kelurahan bukir warga dipukuli orang mabuk",
};

TEST(complaint, about_police_is_known_however_it_is_told) {
  for (const auto text : of_officers) EXPECT_EQ(complaint_of(text), complaint::about_officer) << text;
}

TEST(complaint, about_officials_is_known_however_it_is_told) {
  for (const auto text : of_officials) EXPECT_EQ(complaint_of(text), complaint::about_official) << text;
}

TEST(complaint, is_not_what_only_names_them) {
  for (const auto text : of_nobody) EXPECT_EQ(complaint_of(text), complaint::none) << text;
}

}  // namespace
