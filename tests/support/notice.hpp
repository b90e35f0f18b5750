// Notices as they come out of the store, for those who test what becomes of them.
#pragma once

#include <string>

#include "bot/notices/notice.hpp"
#include "bot/written_moment.hpp"

namespace support {

inline constexpr const char* somebody = "Sari Wulandari, Jl. Hangtuah 5, 081298765432";

inline bot::instant moment(const char* text) { return bot::read_moment(text)->at; }

inline bot::notices::notice demonstration() {
  bot::notices::notice n;
  n.id = 1;
  n.number = "PK7Q-2M9X";
  n.organiser = 5;
  n.filed.track = bot::notices::track::expression;
  n.filed.state = bot::notices::state::receipted;
  n.filed.number = "STTP/45/XI/2026/Intelkam";
  n.filed.unit = "POLRES-PASURUAN-KOTA";
  n.to = bot::notices::addressee::polres;
  n.wards = {"35.75.04.1005"};
  n.start = moment("2026-11-24T09:00:00+07:00");
  n.end = moment("2026-11-24T12:00:00+07:00");
  n.late = true;
  n.created_at = n.changed_at = moment("2026-11-21T20:00:00+07:00");
  n.answers = {{"purpose", "opinion"},
               {"start", "2026-11-24T09:00:00+07:00"},
               {"end", "2026-11-24T12:00:00+07:00"},
               {"attendance", "120-120"},
               {"participants_from", "several_kecamatan"},
               {"venue", "alun-alun"},
               {"aim", "upah layak dan kontrak kerja"},
               {"shape", "orasi di tempat"},
               {"group", "Serikat Buruh Pasuruan, Jl. Veteran"},
               {"props", "spanduk, mobil komando"},
               {"person", "given"}};
  n.code = "7k3m9qwt2xab4cdefghj";
  n.issued = {{bot::notices::state::receipted, 1, n.filed.number, n.filed.unit, "petugas",
               "Pengeras suara dimatikan saat azan; jalan di utara alun-alun tetap dibuka untuk ambulans",
               moment("2026-11-21T20:31:00+07:00")}};
  return n;
}

// An application for a permit, with a lane closed.
inline bot::notices::notice concert() {
  bot::notices::notice n = demonstration();
  n.number = "PB3T-9WQK";
  n.filed.track = bot::notices::track::permit;
  n.filed.state = bot::notices::state::received;
  n.filed.number.clear();
  n.filed.unit = "POLSEK-POHJENTREK";
  n.tier = bot::notices::tier::large;
  n.extras = {bot::notices::extra::road_use};
  n.to = bot::notices::addressee::polsek;
  n.wards = {"35.14.17.2002"};
  n.answers["purpose"] = "show";
  n.answers["venue"] = "lapangan desa";
  n.answers["gear"] = "panggung, sound, genset";
  n.answers["attendance"] = "1500-1500";
  n.issued.clear();
  n.code.clear();
  return n;
}

}  // namespace support
