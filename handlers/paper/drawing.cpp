#include "handlers/paper/drawing.hpp"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "handlers/paper/sheet.hpp"

namespace handlers::paper {
namespace {

namespace block = bot::notices::block;
using bot::notices::paper_block;

constexpr colour waiting_tint{0.99, 0.95, 0.85}, waiting_edge{0.82, 0.55, 0.10};
constexpr colour issued_tint{0.90, 0.96, 0.91}, issued_edge{0.13, 0.50, 0.28};
constexpr double gutter = 12;
constexpr double label_width = 142;
constexpr double between_lines = 3;   // where each is a text of its own
constexpr double line_to_write = 20;  // between two lines to write on

std::string replaced(std::string text, std::string_view mark, const std::string& by) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), by);
  return text;
}

class typesetter {
 public:
  typesetter(sheet& on, const bot::notices::paper& what) : on_(on), what_(what) {}

  void work() {
    if (what_.kind == bot::paper_kind::receipt)
      police_head();
    else if (!what_.head.empty())
      service_head();
    std::size_t first = 0;
    if (is_letter() && !what_.blocks.empty() && std::holds_alternative<block::address>(what_.blocks.front())) {
      std::visit(*this, what_.blocks.front());  // a letter names its subject below the address
      first = 1;
    }
    title();
    if (!what_.remark.empty()) remark();
    for (std::size_t i = first; i < what_.blocks.size(); ++i) std::visit(*this, what_.blocks[i]);
  }

  void operator()(const block::heading& h) {
    on_.keep_together(48);
    on_.skip(12);
    text(h.text, {.size = 11, .weight = PANGO_WEIGHT_BOLD});
    on_.skip(4);
  }

  void operator()(const block::paragraph& p) {
    using style = block::paragraph::style;
    const bool is_small = p.how == style::small;
    on_.skip(is_small ? 8 : 7);
    text(p.text, {.size = is_small ? 9.0 : 10.5,
                  .weight = p.how == style::strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                  .in = is_small ? soft_ink : ink});
  }

  void operator()(const block::table& t) {
    on_.skip(8);
    int number = 0;
    for (const auto& r : t.rows) table_row(r, t.numbered ? ++number : 0);
    on_.skip(4);
  }

  void operator()(const block::list& l) {
    for (const auto& one : l.items) {
      const auto words = on_.set(one, column - 14, {});
      on_.keep_together(std::min(sheet::height_of(words.get()), 120.0));
      const auto dot = on_.set("•", 10, {.in = soft_ink});
      on_.put(dot.get(), left_edge + 2, on_.y(), soft_ink);
      on_.flow(words.get(), left_edge + 14, ink);
      on_.skip(between_lines);
    }
  }

  void operator()(const block::address& a) {
    text(a.date, {.align = PANGO_ALIGN_RIGHT});
    on_.skip(14);
    for (const auto& line : a.lines) {
      const bool who = &line == &a.lines[a.lines.size() / 2];  // "Kepada Yth.", who, "di tempat"
      text(line, {.weight = who ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL});
      on_.skip(between_lines);
    }
    on_.skip(6);
  }

  void operator()(const block::signatures& s) {
    constexpr double height = 132;
    on_.skip(18);
    on_.keep_together(height);
    const double top = on_.y();
    const double width = (column - 30) / 2;
    for (std::size_t i = 0; i < s.side_by_side.size() && i < 2; ++i) {
      const auto& one = s.side_by_side[i];
      const double x = left_edge + static_cast<double>(i) * (width + 30);
      const auto over = on_.set(one.over, width, {.weight = PANGO_WEIGHT_BOLD});
      on_.put(over.get(), x, top, ink);
      double y = top + 24;
      for (const auto& label : one.lines) {
        const auto words = on_.set(label, width / 2, {.size = 9, .in = soft_ink});
        on_.put(words.get(), x, y, soft_ink);
        on_.line(x + width / 2, x + width, y + 11, 0.9, soft_ink, true);
        y += line_to_write;
      }
      if (!one.under.empty()) {
        on_.line(x, x + width * 0.85, top + 104, 0.9, soft_ink, true);
        const auto under = on_.set(one.under, width, {.size = 9, .in = soft_ink});
        on_.put(under.get(), x, top + 108, soft_ink);
      }
    }
    on_.skip(height);
  }

  void operator()(const block::seal& s) {
    constexpr double code_size = 92, inset = 12;
    const double x = s.url.empty() ? left_edge : left_edge + code_size + 2 * inset;
    const double width = right_edge - x;
    std::string lines;
    for (const auto& line : s.lines) lines += (lines.empty() ? "" : "\n") + line;
    const auto words = on_.set(lines, width, {});
    const auto hint = on_.set(s.hint, width, {.size = 9, .in = soft_ink});
    const auto address = on_.set(s.url, width, {.size = 8.5, .in = soft_ink});
    double height = sheet::height_of(words.get()) + 8;
    if (!s.url.empty())
      height = std::max(code_size, height + sheet::height_of(hint.get()) + sheet::height_of(address.get()));
    on_.skip(14);
    on_.keep_together(height + 8);
    const double top = on_.y();
    on_.put(words.get(), x, top, ink);
    if (!s.url.empty()) {
      code(s.url, left_edge, top, code_size);
      const double below = top + sheet::height_of(words.get()) + 8;
      on_.put(hint.get(), x, below, soft_ink);
      on_.put(address.get(), x, below + sheet::height_of(hint.get()), soft_ink);
    }
    on_.skip(height + 8);
  }

 private:
  void text(const std::string& words, const face& f) {
    const auto layout = on_.set(words, column, f);
    on_.flow(layout.get(), left_edge, f.in);
  }

  // The slit drum, and whose paper it is.
  void service_head() {
    constexpr colour wood{0.60, 0.31, 0.14}, light{0.96, 0.85, 0.71}, slit{0.43, 0.20, 0.07};
    on_.box(left_edge, on_.y(), 28, 28, 7, wood);
    on_.box(left_edge + 9.6, on_.y() + 4, 8.8, 20, 4.4, light);
    on_.box(left_edge + 13, on_.y() + 8, 2, 12, 1, slit);
    const auto words = on_.set(what_.head.front(), column - 40, {.size = 9.5, .in = soft_ink});
    on_.put(words.get(), left_edge + 38, on_.y() + 8, soft_ink);
    on_.skip(38);
    on_.line(left_edge, right_edge, on_.y(), 0.6, hairline);
    on_.skip(20);
  }

  // As letterheads of offices look: lines in the middle above a double rule.
  void police_head() {
    for (const auto& line : what_.head) {
      const bool last = &line == &what_.head.back();
      text(line, {.size = last ? 13.0 : 10.0,
                  .weight = last ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                  .align = PANGO_ALIGN_CENTER,
                  .spacing = last ? 0.0 : 0.3});
      on_.skip(between_lines);
    }
    on_.skip(6);
    on_.line(left_edge, right_edge, on_.y(), 1.6, ink);
    on_.line(left_edge, right_edge, on_.y() + 3, 0.5, ink);
    on_.skip(22);
  }

  bool is_letter() const { return what_.kind == bot::paper_kind::letter || what_.kind == bot::paper_kind::road; }

  void title() {
    const bool own = what_.kind == bot::paper_kind::data;
    const auto align = own ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER;
    if (is_letter()) on_.skip(12);
    text(what_.title, {.size = is_letter() ? 13.0 : 19.0, .weight = PANGO_WEIGHT_BOLD, .align = align});
    if (!what_.subtitle.empty()) {
      on_.skip(between_lines);
      text(what_.subtitle, {.size = 11.5, .in = own ? soft_ink : ink, .align = align});
    }
    on_.skip(is_letter() ? 4 : 12);
  }

  void remark() {
    constexpr double inset = 12;
    const auto words = on_.set(what_.remark, column - 2 * inset - 6, {.size = 11, .weight = PANGO_WEIGHT_BOLD});
    const double height = sheet::height_of(words.get()) + 2 * 9;
    on_.keep_together(height);
    on_.box(left_edge, on_.y(), column, height, 3, what_.issued ? issued_tint : waiting_tint);
    on_.box(left_edge, on_.y(), 4, height, 2, what_.issued ? issued_edge : waiting_edge);
    on_.put(words.get(), left_edge + inset + 6, on_.y() + 9, ink);
    on_.skip(height + 4);
  }

  void table_row(const block::row& r, int number) {
    constexpr double above = 4.5, below = 4.5;
    const double indent = number > 0 ? 18 : 0;
    const auto title = on_.set(r.title, label_width - indent, {.size = 9.5, .in = soft_ink});
    const double x = left_edge + label_width + gutter;
    const auto value = on_.set(r.text, right_edge - x, {});
    const bool blank = r.text.empty() && r.blank_lines > 0;
    const double height =
        std::max(sheet::height_of(title.get()), blank ? r.blank_lines * line_to_write : sheet::height_of(value.get()));
    // A row that fits on a page is not torn; only what a page cannot hold goes on on the next.
    on_.keep_together(std::min(height, 260.0) + above + below);
    on_.skip(above);
    const double top = on_.y();
    if (number > 0) {
      const auto count = on_.set(std::to_string(number) + ".", indent, {.size = 9.5, .in = soft_ink});
      on_.put(count.get(), left_edge, top + 0.8, soft_ink);
    }
    on_.put(title.get(), left_edge + indent, top + 0.8, soft_ink);
    if (blank) {
      for (int i = 0; i < r.blank_lines; ++i)
        on_.line(x, right_edge, top + 12 + i * line_to_write, 0.9, soft_ink, true);
      on_.skip(height);
    } else {
      const int page = on_.pages();
      on_.flow(value.get(), x, ink);
      if (on_.pages() == page) on_.skip(std::max(0.0, top + height - on_.y()));
    }
    on_.skip(below);
    if (!blank) on_.line(left_edge, right_edge, on_.y(), 0.5, hairline);
  }

  void code(const std::string& url, double x, double y, double size) {
    cairo_t* cr = on_.pen();
    if (cr == nullptr) return;
    const std::unique_ptr<QRcode, void (*)(QRcode*)> qr(QRcode_encodeString8bit(url.c_str(), 0, QR_ECLEVEL_M),
                                                        QRcode_free);
    if (!qr) throw std::runtime_error("no QR code for an address of this length");
    const double module = size / qr->width;
    for (int row = 0; row < qr->width; ++row) {
      for (int from = 0; from < qr->width;) {
        const auto dark = [&](int at) { return (qr->data[row * qr->width + at] & 1U) != 0; };  // NOLINT: its own layout
        int to = from + 1;
        while (to < qr->width && dark(to) == dark(from)) ++to;
        if (dark(from)) cairo_rectangle(cr, x + from * module, y + row * module, (to - from) * module, module);
        from = to;
      }
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_fill(cr);
  }

  sheet& on_;
  const bot::notices::paper& what_;
};

}  // namespace

std::string draw_pdf(const bot::notices::paper& what) {
  // How many pages there are stands on each of them.
  sheet measured(nullptr, {});
  typesetter(measured, what).work();
  const std::string pages = std::to_string(measured.pages());
  measured.finish();

  std::string bytes;
  sheet on(&bytes,
           [&](int page) { return replaced(replaced(what.footer, "{page}", std::to_string(page)), "{pages}", pages); });
  typesetter(on, what).work();
  on.finish();
  return bytes;
}

}  // namespace handlers::paper
