// Pages of A4 that fill from top to bottom: text in columns, lines and boxes, a new page when one is full. A sheet that
// only measures draws nothing and counts the pages all the same.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace handlers::paper {

struct release {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
  void operator()(cairo_t* c) const { cairo_destroy(c); }
  void operator()(PangoLayout* l) const { g_object_unref(l); }
  void operator()(PangoLayoutIter* i) const { pango_layout_iter_free(i); }
  void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
  void operator()(cairo_font_options_t* o) const { cairo_font_options_destroy(o); }
  void operator()(PangoContext* c) const { g_object_unref(c); }
};
template <class T>
using handle = std::unique_ptr<T, release>;

// Points, 72 to the inch.
inline constexpr double page_width = 595.28, page_height = 841.89;
inline constexpr double left_edge = 62, right_edge = page_width - 62, top_edge = 58, bottom_edge = page_height - 74;
inline constexpr double column = right_edge - left_edge;

struct colour {
  double red = 0, green = 0, blue = 0;
};
inline constexpr colour ink{0.13, 0.14, 0.16}, soft_ink{0.40, 0.42, 0.45}, hairline{0.82, 0.83, 0.85};

struct face {
  double size = 10.5;
  PangoWeight weight = PANGO_WEIGHT_NORMAL;
  colour in = ink;
  PangoAlignment align = PANGO_ALIGN_LEFT;
  double spacing = 0;  // between letters, points
};

class sheet {
 public:
  // `out`: where the bytes of the PDF go; null: measures only. `foot` is drawn on every page with its number.
  sheet(std::string* out, std::function<std::string(int page)> foot);

  handle<PangoLayout> set(std::string_view text, double width, const face&) const;
  static double height_of(PangoLayout*);

  // Draws at the current height and goes on below; long text goes on on the next page.
  void flow(PangoLayout*, double x, const colour&);
  // Draws at (x, y) without moving on; the caller has seen to the room.
  void put(PangoLayout*, double x, double y, const colour&);
  void keep_together(double height);  // a new page unless so much still fits
  void skip(double height) { y_ += height; }
  void line(double x1, double x2, double y, double width, const colour&, bool dotted = false);
  void box(double x, double y, double width, double height, double radius, const colour&);
  double y() const { return y_; }
  double room() const { return bottom_edge - y_; }
  cairo_t* pen() { return draws_ ? pen_.get() : nullptr; }  // null while only measuring
  int pages() const { return page_; }

  void finish();  // the last page is over. Throws std::runtime_error when something could not be drawn

 private:
  void new_page();
  void draw_foot();

  bool draws_;
  std::function<std::string(int)> foot_;
  handle<cairo_surface_t> surface_;
  handle<cairo_t> pen_;
  handle<PangoContext> context_;
  double y_ = top_edge;
  int page_ = 1;
};

}  // namespace handlers::paper
