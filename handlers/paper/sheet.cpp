#include "handlers/paper/sheet.hpp"

#include <cairo-pdf.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace handlers::paper {
namespace {

constexpr const char* family = "Lato, DejaVu Sans";
constexpr float line_spacing = 1.18F;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);  // NOLINT: cairo's own type
  return CAIRO_STATUS_SUCCESS;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }
int units(double points) { return static_cast<int>(points * PANGO_SCALE); }

}  // namespace

sheet::sheet(std::string* out, std::function<std::string(int page)> foot)
    : draws_(out != nullptr), foot_(std::move(foot)) {
  surface_.reset(out == nullptr ? cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
                                : cairo_pdf_surface_create_for_stream(append, out, page_width, page_height));
  pen_.reset(cairo_create(surface_.get()));
  // Glyphs stand where their outlines want them: no grid of pixels.
  const handle<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  context_.reset(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);  // nobody's words turn a line of ours around
  pango_context_set_language(context_.get(), pango_language_from_string("id"));
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

handle<PangoLayout> sheet::set(std::string_view text, double width, const face& f) const {
  handle<PangoLayout> layout(pango_layout_new(context_.get()));
  const handle<PangoFontDescription> font(pango_font_description_from_string(family));
  pango_font_description_set_absolute_size(font.get(), f.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), f.weight);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), units(width));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), f.align);
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_line_spacing(layout.get(), line_spacing);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (f.spacing > 0) {
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(units(f.spacing)));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
  }
  return layout;
}

double sheet::height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return points(height);
}

void sheet::flow(PangoLayout* layout, double x, const colour& c) {
  struct line_place {
    double baseline, left;
  };
  std::vector<line_place> lines;
  const handle<PangoLayoutIter> at(pango_layout_get_iter(layout));
  do {
    PangoRectangle logical{};
    pango_layout_iter_get_line_extents(at.get(), nullptr, &logical);
    lines.push_back({points(pango_layout_iter_get_baseline(at.get())), points(logical.x)});
  } while (pango_layout_iter_next_line(at.get()) != FALSE);
  const double above = lines.front().baseline;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = i + 1 == lines.size();
    const double height =
        last ? height_of(layout) - lines[i].baseline + above : lines[i + 1].baseline - lines[i].baseline;
    if (y_ + height > bottom_edge) new_page();
    if (draws_) {
      cairo_set_source_rgb(pen_.get(), c.red, c.green, c.blue);
      cairo_move_to(pen_.get(), x + lines[i].left, y_ + above);
      pango_cairo_show_layout_line(pen_.get(), pango_layout_get_line_readonly(layout, static_cast<int>(i)));
    }
    y_ += height;
  }
}

void sheet::put(PangoLayout* layout, double x, double y, const colour& c) {
  if (!draws_) return;
  cairo_set_source_rgb(pen_.get(), c.red, c.green, c.blue);
  cairo_move_to(pen_.get(), x, y);
  pango_cairo_show_layout(pen_.get(), layout);
}

void sheet::keep_together(double height) {
  if (height > room() && y_ > top_edge) new_page();
}

void sheet::line(double x1, double x2, double y, double width, const colour& c, bool dotted) {
  if (!draws_) return;
  cairo_t* cr = pen_.get();
  cairo_save(cr);
  cairo_set_source_rgb(cr, c.red, c.green, c.blue);
  cairo_set_line_width(cr, width);
  if (dotted) {
    constexpr double gap[] = {0, 2.6};
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, gap, 2, 0);
  }
  cairo_move_to(cr, x1, y);
  cairo_line_to(cr, x2, y);
  cairo_stroke(cr);
  cairo_restore(cr);
}

void sheet::box(double x, double y, double width, double height, double radius, const colour& c) {
  if (!draws_) return;
  constexpr double quarter = 1.57079632679;
  cairo_t* cr = pen_.get();
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + width - radius, y + radius, radius, -quarter, 0);
  cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, quarter);
  cairo_arc(cr, x + radius, y + height - radius, radius, quarter, 2 * quarter);
  cairo_arc(cr, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cr);
  cairo_set_source_rgb(cr, c.red, c.green, c.blue);
  cairo_fill(cr);
}

void sheet::draw_foot() {
  if (!draws_) return;
  const auto words = set(foot_(page_), column, {.size = 8, .align = PANGO_ALIGN_CENTER});
  put(words.get(), left_edge, page_height - 48, soft_ink);
}

void sheet::new_page() {
  draw_foot();
  if (draws_) cairo_show_page(pen_.get());
  ++page_;
  y_ = top_edge;
}

void sheet::finish() {
  draw_foot();
  if (draws_) cairo_show_page(pen_.get());
  cairo_surface_finish(surface_.get());
  for (const cairo_status_t status : {cairo_status(pen_.get()), cairo_surface_status(surface_.get())})
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
}

}  // namespace handlers::paper
