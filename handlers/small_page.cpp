#include "handlers/small_page.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace handlers {
namespace {

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
    "form{padding:0 1.4rem 1.4rem}label{font-size:.85rem;color:#6a6e75}textarea{width:100%;margin:.3rem 0 .9rem;"
    "padding:.6rem;font:inherit;border:1px solid #8a8f98;border-radius:8px}button{font:inherit;font-weight:600;"
    "padding:.7rem 1rem;margin:0 .5rem .5rem 0;border:0;border-radius:8px;background:#9a4f24;color:#fff}"
    "@media(prefers-color-scheme:dark){body{background:#17191c;color:#e7e8ea}section{background:#22252a}"
    ".valid{background:#17301f}.changed,.over{background:#33290f}.cancelled,.withdrawn{background:#381c1a}"
    "header,dt,footer{color:#a3a7ae}textarea{background:#17191c;color:inherit}}";

constexpr std::string_view drum =
    "<svg width=\"34\" height=\"34\" viewBox=\"0 0 48 48\" aria-hidden=\"true\"><rect width=\"48\" height=\"48\" "
    "rx=\"12\" fill=\"#9a4f24\"/><rect x=\"16.5\" y=\"7\" width=\"15\" height=\"34\" rx=\"7.5\" fill=\"#f6d9b4\"/>"
    "<rect x=\"22.25\" y=\"14\" width=\"3.5\" height=\"20\" rx=\"1.75\" fill=\"#6d3313\"/></svg>";

std::string hash_of(std::string_view style) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  EVP_Digest(style.data(), style.size(), sum.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
  const int length = EVP_EncodeBlock(text.data(), sum.data(), static_cast<int>(size));
  return {text.begin(), text.begin() + length};
}

}  // namespace

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

http::response as_response(const small_page& p) {
  static const std::string style_hash = hash_of(look);
  http::response r;
  r.status = p.status;
  r.content_type = "text/html; charset=utf-8";
  r.body = fmt::format(
      "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><title>{0} · Kentongan</title><style>{1}</style></head>"
      "<body><main><header>{2}<span>Kentongan · {0}</span></header><section><div class=\"s {3}\"><h1>{4}</h1>"
      "<p>{5}</p></div>{6}</section><footer>{7}</footer></main></body></html>\n",
      escaped(p.title), look, drum, p.look, escaped(p.heading), escaped(p.text), p.body, escaped(p.note));
  r.headers = {{"Cache-Control", "no-store"},
               {"Content-Security-Policy",
                fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action {}; "
                            "frame-ancestors 'none'",
                            style_hash, p.has_form ? "'self'" : "'none'")},
               {"X-Content-Type-Options", "nosniff"},
               {"X-Frame-Options", "DENY"},
               {"Referrer-Policy", "no-referrer"},
               {"X-Robots-Tag", "noindex, nofollow"}};
  return r;
}

std::string rows_of(std::initializer_list<std::pair<std::string_view, std::string_view>> rows) {
  std::string all;
  for (const auto& [title, value] : rows)
    if (!value.empty()) all += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(title), escaped(value));
  return all.empty() ? all : "<dl>" + all + "</dl>";
}

}  // namespace handlers
