#include "handlers/notice_page.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <iterator>
#include <memory>
#include <utility>

namespace handlers {
namespace {

namespace notices = bot::notices;

constexpr std::string_view path = "/n/";

constexpr std::string_view look =
    "*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
    "background:#f4f1ec;color:#23262b}main{max-width:30rem;margin:0 auto;padding:2rem 1.25rem}"
    "header{display:flex;align-items:center;gap:.7rem;color:#6a6e75;font-size:.95rem}"
    "section{background:#fff;border-radius:14px;margin:1.25rem 0;overflow:hidden;box-shadow:0 1px 3px #0002}"
    ".s{padding:1.25rem 1.4rem;border-left:7px solid #8a8f98}.s h1{margin:0;font-size:1.6rem;line-height:1.25}"
    ".s p{margin:.35rem 0 0}.valid{border-color:#21804a;background:#e9f6ed}"
    ".changed,.over{border-color:#d18b18;background:#fdf4df}"
    ".cancelled,.withdrawn{border-color:#b3261e;background:#fbeceb}"
    "dl{margin:0;padding:.5rem 1.4rem 1.1rem}dt{margin-top:.7rem;font-size:.85rem;color:#6a6e75}"
    "dd{margin:0;font-weight:600;overflow-wrap:anywhere}footer{font-size:.85rem;color:#6a6e75}"
    "@media(prefers-color-scheme:dark){body{background:#17191c;color:#e7e8ea}section{background:#22252a}"
    ".valid{background:#17301f}.changed,.over{background:#33290f}.cancelled,.withdrawn{background:#381c1a}"
    "header,dt,footer{color:#a3a7ae}}";

constexpr std::string_view drum =
    "<svg width=\"34\" height=\"34\" viewBox=\"0 0 48 48\" aria-hidden=\"true\"><rect width=\"48\" height=\"48\" "
    "rx=\"12\" fill=\"#9a4f24\"/><rect x=\"16.5\" y=\"7\" width=\"15\" height=\"34\" rx=\"7.5\" fill=\"#f6d9b4\"/>"
    "<rect x=\"22.25\" y=\"14\" width=\"3.5\" height=\"20\" rx=\"1.75\" fill=\"#6d3313\"/></svg>";

// What stands between tags or quotes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string policy_for(std::string_view style) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  EVP_Digest(style.data(), style.size(), sum.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
  const int length = EVP_EncodeBlock(text.data(), sum.data(), static_cast<int>(size));
  const std::string hash(text.begin(), text.begin() + length);
  return "default-src 'none'; style-src 'sha256-" + hash +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

std::string_view name_of(notices::standing s) {
  switch (s) {
    case notices::standing::valid: return "valid";
    case notices::standing::changed: return "changed";
    case notices::standing::cancelled: return "cancelled";
    case notices::standing::withdrawn: return "withdrawn";
    case notices::standing::over: return "over";
    case notices::standing::unknown: break;
  }
  return "unknown";
}

// A proxy of ours on the same machine: the limit of all is the limit of those behind it.
bool is_own_machine(std::string_view peer) {
  return peer.starts_with("127.") || peer.starts_with("::ffff:127.") || peer == "::1";
}

}  // namespace

notice_page::notice_page(surroundings around, turns::service& service, const bot::handbook& book, notice_page_options o)
    : around_(std::move(around)),
      service_(service),
      book_(book),
      options_(o),
      policy_(policy_for(look)),
      all_(o.per_second, o.burst) {}

void notice_page::add_to(http::router& routes) {
  routes.add({http::verb::get, std::string(path) + "*",
              [this](const http::request& r, http::responder answer) { take(r, std::move(answer)); }});
}

void notice_page::take(const http::request& request, http::responder answer) {
  const std::uint64_t id = ++last_;
  const auto due = around_.now() + options_.answer_after;
  waiting_.emplace(id, visit{due, std::nullopt, std::move(answer)});
  around_.wake_at(waiting_.begin()->second.due);
  if (!may_ask(request.peer)) {
    http::response slower = as_page(429, "slower", {});
    slower.headers.push_back({"Retry-After", "60"});
    return came(id, std::move(slower));
  }
  // Names that cannot be ours ask the store as well: nobody shall tell them from others by the time that they take.
  const auto name = notices::read_page_name(request.path().substr(path.size()));
  service_.read(
      [this, id, name, post = around_.post, &book = book_, here = std::weak_ptr(here_)](storage::store& store) {
        const auto found = std::make_shared<notices::page>();
        try {
          if (const auto n = store.notice_of_code(name.code)) *found = notices::page_of(*n, name.version, book);
        } catch (const storage::refused&) {  // a row that cannot be read any more says nothing
          *found = {};
        }
        post([this, here, id, found] {
          if (here.lock()) came(id, as_page(*found));
        });
      });
}

bool notice_page::may_ask(const std::string& peer) {
  const auto now = around_.now();
  const auto take = [&](delivery::bucket& b) {
    if (b.next(now) > now) return false;
    b.take(now);
    return true;
  };
  if (!is_own_machine(peer)) {
    if (visitors_.size() >= options_.most_visitors)
      for (auto at = visitors_.begin(); at != visitors_.end();)
        at = at->second.full_at(now) <= now ? visitors_.erase(at) : std::next(at);
    if (visitors_.size() >= options_.most_visitors) return false;
    const auto at = visitors_.try_emplace(peer, options_.visitor_per_second, options_.visitor_burst).first;
    if (!take(at->second)) return false;
  }
  return take(all_);
}

void notice_page::came(std::uint64_t id, http::response answer) {
  waiting_.at(id).answer = std::move(answer);
  wake();
}

void notice_page::wake() {
  const auto now = around_.now();
  auto next = steady::time_point::max();
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    visit& one = at->second;
    if (one.due > now) {
      next = one.due;
      break;
    }
    if (!one.answer) {  // the store is slower than that: the answer leaves when it comes
      ++at;
      continue;
    }
    one.to(std::move(*one.answer));
    at = waiting_.erase(at);
  }
  if (next != steady::time_point::max()) around_.wake_at(next);
}

http::response notice_page::as_page(const notices::page& p) const {
  return as_page(p.standing == notices::standing::unknown ? 404 : 200, name_of(p.standing), p);
}

http::response notice_page::as_page(int status, std::string_view standing, const notices::page& p) const {
  const auto text = [&](std::string_view key) {
    return escaped(book_.texts.text("id", fmt::format("paper.page_{}", key)));
  };
  std::string rows;
  for (const auto& [title, value] : {std::pair<std::string_view, const std::string&>{"number", p.number},
                                     {"kind", p.kind},
                                     {"unit", p.unit},
                                     {"day", p.day}})
    if (!value.empty()) rows += fmt::format("<dt>{}</dt><dd>{}</dd>", text(title), escaped(value));
  if (!rows.empty()) rows = "<dl>" + rows + "</dl>";
  http::response r;
  r.status = status;
  r.content_type = "text/html; charset=utf-8";
  r.body = fmt::format(
      "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><title>{0} · Kentongan</title><style>{1}</style></head>"
      "<body><main><header>{2}<span>Kentongan · {0}</span></header><section><div class=\"s {3}\"><h1>{4}</h1>"
      "<p>{5}</p></div>{6}</section><footer>{7}</footer></main></body></html>\n",
      text("title"), look, drum, standing, text(standing), text(fmt::format("{}_more", standing)), rows, text("note"));
  r.headers = {{"Cache-Control", "no-store"},         {"Content-Security-Policy", policy_},
               {"X-Content-Type-Options", "nosniff"}, {"X-Frame-Options", "DENY"},
               {"Referrer-Policy", "no-referrer"},    {"X-Robots-Tag", "noindex, nofollow"}};
  return r;
}

}  // namespace handlers
