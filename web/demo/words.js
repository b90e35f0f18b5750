// What the page says beside what the service says.

export const examples = [
  "sound horeg keras banget di Kel. Gentong, anak saya ga bisa tidur",
  "tolong pak ada yg dibacok dpn indomaret gentong!! bnyk bawa celurit",
  "mau ngadain orkes di lapangan Kel. Gentong sabtu depan jam 7 malam sampai jam 11, kira2 800 orang",
];

export const parts = { resident: "warga", officer: "petugas", group: "grup unit" };
export const platforms = { telegram: "Telegram", whatsapp: "WhatsApp" };

export const case_states = {
  filed: "belum dibuka petugas",
  taken: "dipegang petugas",
  on_site: "petugas di lokasi",
  closed: "selesai",
  withdrawn: "ditarik pelapor",
};

const after_colon = (detail) => detail.slice(detail.indexOf(": ") + 2);
const levels = { high: "tinggi", middle: "sedang", low: "rendah" };

// Event of a case -> [what happened, why].
const events = {
  filed: (e) => ["Laporan masuk", e.detail === "confirmed" ? "dikonfirmasi pelapor" : "belum dikonfirmasi; bahaya tidak menunggu jawaban"],
  routed: (e) => [`Diarahkan ke ${e.unit}`, after_colon(e.detail)],
  moved: (e) => [`Pindah ke ${e.unit}`, after_colon(e.detail)],
  rated: (e) => [`Tingkat: ${levels[e.detail.split(":")[0]] ?? e.detail.split(":")[0]}`, after_colon(e.detail)],
  climbed: (e) => [`Naik ke ${e.unit}`, "unit di bawahnya belum punya petugas terdaftar"],
  nobody_to_tell: () => ["Belum ada yang bisa diberi tahu", "belum ada petugas terdaftar di unit ini dan di atasnya"],
  escalated: (e) => [e.unit ? `Naik ke ${e.unit}` : "Waktunya naik, tetapi tidak ada penerima", "belum ada yang menerima"],
  taken: (e) => [`Diterima ${e.who}`, e.unit],
  opened: (e) => [`Isi lengkap dibuka ${e.who}`, "setiap pembukaan dicatat"],
  on_site: (e) => [`${e.who} di lokasi`, ""],
  closed: (e) => [`Ditutup ${e.who}`, e.detail],
  not_ours: (e) => [`${e.who}: bukan kami`, e.unit],
  forwarded: (e) => [`Diteruskan ke ${e.unit}`, after_colon(e.detail)],
  taken_back: (e) => [`Diambil kembali ke ${e.unit}`, ""],
  not_known_here: (e) => [`${e.who}: bukan kami`, "tempatnya belum jelas; unit lain masih menunggu"],
  left_alone: () => ["Lama tanpa kabar", "pemegangnya diingatkan"],
  sealed: () => ["Laporan tertutup", "tidak untuk grup, kelurahan, atau petugas desa"],
  satisfied: () => ["Pelapor: sudah jelas", ""],
  reopened: (e) => ["Dibuka lagi oleh pelapor", e.unit ? `naik ke ${e.unit}` : ""],
  reporter_withdraws: () => ["Pelapor ingin membatalkan", "kasus yang sudah diteruskan tetap ditangani"],
  added: () => ["Tambahan dari pelapor", ""],
  answered: () => ["Jawaban pelapor", ""],
  placed: () => ["Pelapor menyebut tempatnya", ""],
  evidence: () => ["Foto, video, atau suara dari pelapor", ""],
  denied: (e) => [`Tombol ditolak untuk ${e.who}`, "bukan petugas unit ini"],
  reply_address_removed: () => ["Alamat balasan dihapus pelapor", ""],
};

export const say_event = (e) => events[e.kind]?.(e) ?? [e.kind.replaceAll("_", " "), e.detail];

export const outbox_states = [
  ["sent", "terkirim"],
  ["delivered", "sampai"],
  ["read", "dibaca"],
  ["queued", "antre"],
  ["uncertain", "belum pasti"],
  ["skipped", "tidak perlu"],
  ["dead", "gagal"],
];

const zone = "Asia/Jakarta";
const hour_format = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: zone });
const day_format = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: zone });
export const hour = (ms) => hour_format.format(ms).replace(":", ".");
export const day = (ms) => day_format.format(ms);
