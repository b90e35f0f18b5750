#include "handlers/demo/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "handlers/demo/assets.hpp"
#include "handlers/demo/case_view.hpp"
#include "handlers/demo/platform.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"
#include "storage/vault.hpp"

namespace handlers::demo {
namespace {

using nlohmann::json;

constexpr std::size_t most_file_bytes = 3 * 1024 * 1024;
constexpr std::int64_t most_minutes = 14 * 24 * 60;

// Only what a browser shows as a picture or plays, never as a page.
constexpr std::array<std::string_view, 10> file_types = {"image/jpeg", "image/png", "image/webp", "image/gif",
                                                         "audio/mpeg", "audio/ogg", "audio/wav",  "audio/webm",
                                                         "audio/mp4",  "audio/aac"};

http::response with_type(std::string_view type, std::string body) {
  http::response r;
  r.content_type = type;
  r.body = std::move(body);
  r.headers = {{"Cache-Control", "no-store"},
               {"X-Content-Type-Options", "nosniff"},
               {"Referrer-Policy", "no-referrer"},
               {"Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
                "frame-ancestors 'none'"}};
  return r;
}

http::response as_json(std::string body) { return with_type("application/json", std::move(body)); }

http::response plainly(int status, std::string_view why) {
  http::response r = as_json(json{{"error", why}}.dump());
  r.status = status;
  return r;
}

http::response outcome_of(bool done) {
  return done ? as_json("{}") : plainly(400, "tidak ada orang, tombol, atau unit itu");
}

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

json message_of(const message& m) {
  json text = json::array();
  for (const auto& piece : m.text) text.push_back({{"t", piece.text}, {"b", piece.bold}});
  json rows = json::array();
  for (const auto& row : m.rows) {
    json buttons = json::array();
    for (const auto& b : row) buttons.push_back({{"label", b.label}, {"data", b.data}});
    rows.push_back(std::move(buttons));
  }
  json out = {{"id", m.id},
              {"from", m.from},
              {"at", bot::to_millis(m.at)},
              {"text", std::move(text)},
              {"rows", std::move(rows)},
              {"opener", m.opener},
              {"ask", m.location_label},
              {"edited", m.edited},
              {"state", m.state},
              {"file", m.file},
              {"type", m.file_type},
              {"name", m.file_name}};
  if (m.place) out["pin"] = {{"latitude", m.place->latitude}, {"longitude", m.place->longitude}};
  return out;
}

class page {
 public:
  page(stage& s, std::string map)
      : stage_(s), map_(std::move(map)), run_(fmt::format("{:x}", storage::random_bits())) {}

  // Everything that changed after `since`; the cases come from the storage thread, between two batches.
  void state(const http::request& request, http::responder answer) {
    const std::string given = http::parameter(request.query(), "since").value_or("0");
    std::uint64_t since = 0;
    std::from_chars(given.data(), given.data() + given.size(), since);
    const std::string seen = http::parameter(request.query(), "cases").value_or("");
    const auto held = std::make_shared<http::responder>(std::move(answer));
    stage_.service().read([this, held, since, seen](storage::store& store) {
      const auto life = std::make_shared<inner_life>(read_inner_life(store));
      stage_.post([this, held, since, seen, life] { (*held)(as_json(snapshot(since, seen, *life))); });
    });
  }

  std::string units() const {
    json all = json::array();
    const auto& units = stage_.book().units;
    for (const auto& u : units.units()) {
      if (u.kind != bot::geography::unit_kind::polsek) continue;
      const auto above = units.polres_of(units.find(u.code));
      all.push_back({{"code", u.code},
                     {"name", u.name},
                     {"under", above == bot::geography::no_unit ? "" : units.at(above).name}});
    }
    return all.dump();
  }

  const std::string& map() const { return map_; }

  http::response file(std::string_view id) const {
    const auto* found = stage_.files().find(id);
    return found == nullptr ? plainly(404, "tidak ada") : with_type(found->type, found->bytes);
  }

  http::response act(std::string_view what, const http::request& request) {
    json body;
    if (read_json(request.body, body) != json_fault::none) return plainly(400, "bukan JSON");
    const std::string person = id_of(field(body, "person"));
    if (what == "say") {
      const std::string text = text_of(field(body, "text"), 4 * most_text);
      return outcome_of(count_utf16(text) <= most_text && stage_.say(person, text));
    }
    if (what == "tap")
      return outcome_of(stage_.tap(person, id_of(field(body, "message")), text_of(field(body, "data"), 256)));
    if (what == "pin") {
      const auto latitude = number_of(field(body, "latitude")), longitude = number_of(field(body, "longitude"));
      const bool sound = latitude && longitude && std::abs(*latitude) <= 90 && std::abs(*longitude) <= 180;
      return outcome_of(sound && stage_.pin(person, *latitude, *longitude));
    }
    if (what == "unit") return outcome_of(stage_.move_officers(id_of(field(body, "unit"))));
    if (what == "time") {
      const auto minutes = integer_of(field(body, "minutes"));
      if (!minutes || *minutes < 1 || *minutes > most_minutes) return plainly(400, "menit di luar batas");
      stage_.pass(std::chrono::minutes(*minutes));
      return outcome_of(true);
    }
    return plainly(404, "tidak ada");
  }

  http::response take_file(http::request request) {
    const auto type = request.fields["Content-Type"];
    if (std::find(file_types.begin(), file_types.end(), type) == file_types.end())
      return plainly(400, "jenis berkas itu tidak bisa dikirim");
    if (request.body.empty() || request.body.size() > most_file_bytes) return plainly(413, "berkas paling besar 3 MB");
    const std::string person = http::parameter(request.query(), "person").value_or("");
    const std::string caption = repair_utf8(http::parameter(request.query(), "caption").value_or(""));
    shelf::file f{std::string(type), std::move(request.body)};
    return outcome_of(count_utf16(caption) <= 1024 && stage_.send_file(person, std::move(f), caption));
  }

 private:
  std::string snapshot(std::uint64_t since, const std::string& seen, const inner_life& life) const {
    const auto& phones = stage_.phones();
    // A version of the future belongs to an earlier run of the demo.
    if (since > phones.version()) since = 0;
    json s = {
        {"run", run_}, {"version", phones.version()}, {"now", bot::to_millis(stage_.now())}, {"people", json::array()}};
    for (const auto& p : stage_.people().people()) {
      const auto unit = stage_.book().units.find(p.unit);
      s["people"].push_back({{"id", p.id},
                             {"name", p.name},
                             {"part", p.plays == part::resident ? "resident"
                                      : p.plays == part::group  ? "group"
                                                                : "officer"},
                             {"via", p.via == bot::channel::telegram ? "telegram" : "whatsapp"},
                             {"unit", p.unit},
                             {"unit_name", unit == bot::geography::no_unit ? "" : stage_.book().units.at(unit).name}});
    }
    json& messages = s["messages"] = json::object();
    for (const auto& [person, chat] : phones.all())
      for (const auto& m : chat)
        if (m.changed > since) messages[person].push_back(message_of(m));
    const std::string cases = describe(life, stage_.book(), stage_.people());
    const std::string mark = fmt::format("{:x}", std::hash<std::string>{}(cases));
    s["cases_mark"] = mark;
    std::string out = s.dump(-1, ' ', false, json::error_handler_t::replace);
    if (mark != seen) out.insert(out.size() - 1, ",\"inner\":" + cases);
    return out;
  }

  stage& stage_;
  std::string map_;
  std::string run_;  // of the program: the page starts anew with it
};

}  // namespace

void add_page(http::router& routes, stage& s, std::string map) {
  const auto shown = std::make_shared<page>(s, std::move(map));
  using http::request;
  using http::responder;
  using http::verb;

  routes.add({verb::get, "/", [](request, responder answer) {
                http::response r;
                r.status = 302;
                r.headers = {{"Location", "/demo"}};
                answer(std::move(r));
              }});
  routes.add(
      {verb::get, "/demo/api/state", [shown](request r, responder answer) { shown->state(r, std::move(answer)); }});
  routes.add({verb::get, "/demo/api/units", [shown](request, responder answer) { answer(as_json(shown->units())); }});
  routes.add({verb::get, "/demo/api/map", [shown](request, responder answer) { answer(as_json(shown->map())); }});
  constexpr std::string_view file_path = "/demo/api/file/", action_path = "/demo/api/";
  routes.add({verb::get, std::string(file_path) + "*", [shown, file_path](request r, responder answer) {
                answer(shown->file(r.path().substr(file_path.size())));
              }});
  routes.add(
      {verb::post, "/demo/api/file", [shown](request r, responder answer) { answer(shown->take_file(std::move(r))); }});
  routes.add({verb::post, std::string(action_path) + "*", [shown, action_path](request r, responder answer) {
                answer(shown->act(r.path().substr(action_path.size()), r));
              }});
  for (const auto& one : assets()) {
    const auto serve = [&one](request, responder answer) {
      answer(with_type(type_of(one.name), std::string(one.content)));
    };
    routes.add({verb::get, "/demo/" + std::string(one.name), serve});
    if (one.name == "index.html") routes.add({verb::get, "/demo", serve});
  }
}

}  // namespace handlers::demo
