#include "web/share_image.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <numbers>
#include <vector>

#include <fribidi.h>
#include <pango/pangocairo.h>

#include "base/ensure.h"
#include "text/bidi.h"
#include "text/utf8.h"
#include "web/assets.h"

namespace hoopoe::web {

namespace {

template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Releaser<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;

// The tokens of hoopoe.css, in light.
constexpr unsigned paper = 0xfbf8f3;
constexpr unsigned ink = 0x1f1a16;
constexpr unsigned soft = 0x675d54;
constexpr unsigned crest = 0xd9703a;
constexpr std::array tiles{0xa3461dU, 0x35607aU, 0x4d6b3aU, 0x7d4a73U,
                           0x8a6914U, 0x2f6b66U, 0x8c3a4bU, 0x565b87U};

constexpr std::string_view right_to_left_mark = "\u200f";
constexpr std::string_view left_to_right_mark = "\u200e";

constexpr double margin = 72;
constexpr double inner_width = share_image_width - 2 * margin;
constexpr double tile_size = 96;
constexpr double name_left = margin + tile_size + 28;
constexpr double words_top = 204;
constexpr double words_height = 310;
constexpr int words_size_max = 60;  // of letters, in pixels
constexpr int words_size_min = 28;
constexpr double below_top = 548;
constexpr double mark_size = 64;

void use(cairo_t* pen, unsigned colour) {
  constexpr double full = 255;
  cairo_set_source_rgb(pen, (colour >> 16U & 0xffU) / full, (colour >> 8U & 0xffU) / full,
                       (colour & 0xffU) / full);
}

void round_square(cairo_t* pen, double left, double top, double size, double radius) {
  const double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(pen);
  cairo_arc(pen, left + size - radius, top + radius, radius, -quarter, 0);
  cairo_arc(pen, left + size - radius, top + size - radius, radius, 0, quarter);
  cairo_arc(pen, left + radius, top + size - radius, radius, quarter, 2 * quarter);
  cairo_arc(pen, left + radius, top + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(pen);
}

// The band of the site's pages: slanted stripes of the wings and the crest.
void draw_band(cairo_t* pen) {
  constexpr double height = 14;
  constexpr double slant = 7;
  struct Stripe {
    unsigned colour;
    double width;
  };
  constexpr std::array stripes{Stripe{ink, 42}, Stripe{paper, 24}, Stripe{crest, 42}, Stripe{paper, 24}};
  double left = -slant;
  for (std::size_t i = 0; left < share_image_width; ++i) {
    const Stripe& stripe = stripes[i % stripes.size()];
    use(pen, stripe.colour);
    cairo_move_to(pen, left + slant, 0);
    cairo_line_to(pen, left + slant + stripe.width, 0);
    cairo_line_to(pen, left + stripe.width, height);
    cairo_line_to(pen, left, height);
    cairo_fill(pen);
    left += stripe.width;
  }
}

enum class Weight { normal, bold };

void set_font(PangoLayout* layout, int pixels, Weight weight) {
  const Font font(pango_font_description_from_string("Noto Sans, sans-serif"));
  pango_font_description_set_absolute_size(font.get(), pixels * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font.get());
}

// One for the process, and drawn with by one thread at a time: Pango's own, one for each thread, lose memory
// when their thread ends.
PangoFontMap* fonts() {
  static PangoFontMap* const map = pango_cairo_font_map_new();
  return map;
}
std::mutex& fonts_mutex() {
  static std::mutex mutex;
  return mutex;
}

Layout layout_of(cairo_t* pen, const std::string& text, int pixels, Weight weight) {
  const Context context(pango_font_map_create_context(fonts()));
  pango_cairo_update_context(pen, context.get());
  Layout layout(pango_layout_new(context.get()));
  const std::string valid = text::encode(text::decode_located(text).points);
  pango_layout_set_text(layout.get(), valid.data(), static_cast<int>(valid.size()));
  set_font(layout.get(), pixels, weight);
  return layout;
}

struct Extent {
  int width = 0;
  int height = 0;
};
Extent extent_of(PangoLayout* layout) {
  Extent extent;
  pango_layout_get_pixel_size(layout, &extent.width, &extent.height);
  return extent;
}

void show(cairo_t* pen, PangoLayout* layout, double left, double top) {
  cairo_move_to(pen, left, top);
  pango_cairo_show_layout(pen, layout);
}

// One line from the left on, in whichever direction it is read.
void draw_line(cairo_t* pen, const std::string& text, int pixels, Weight weight, double left, double top) {
  const Layout layout = layout_of(pen, text, pixels, weight);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  const double room = share_image_width - margin - left;
  if (extent_of(layout.get()).width > room) {
    pango_layout_set_width(layout.get(), static_cast<int>(room) * PANGO_SCALE);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  show(pen, layout.get(), left, top);
}

void draw_tile(cairo_t* pen, const ShareImage& image) {
  constexpr double radius = 26;
  constexpr int letter = 46;
  use(pen, tiles[static_cast<std::size_t>(image.tile) % tiles.size()]);
  round_square(pen, margin, margin, tile_size, radius);
  cairo_fill(pen);
  use(pen, 0xffffff);
  const Layout layout = layout_of(pen, image.initial, letter, Weight::bold);
  const Extent extent = extent_of(layout.get());
  show(pen, layout.get(), margin + (tile_size - extent.width) / 2, margin + (tile_size - extent.height) / 2);
}

// By what stands outside of isolates (UAX #9, P2), which FriBidi 1.0 does not leave out.
FriBidiParType direction_of(std::string paragraph) {
  std::size_t isolate = 0;
  while ((isolate = paragraph.find(text::isolate_left_to_right, isolate)) != std::string::npos) {
    paragraph.erase(isolate,
                    std::min(paragraph.find(text::end_of_isolate, isolate), paragraph.size()) - isolate);
  }
  std::vector<FriBidiCharType> types;
  for (const char32_t c : text::decode_located(paragraph).points) types.push_back(fribidi_get_bidi_type(c));
  return fribidi_get_par_direction(types.data(), static_cast<FriBidiStrIndex>(types.size()));
}

// Pango takes the direction of the first letter, wherever it stands: so each paragraph is given one.
std::string with_marks(std::string_view words) {
  std::string out;
  while (true) {
    const std::string_view paragraph = words.substr(0, words.find('\n'));
    const FriBidiParType direction = direction_of(std::string(paragraph));
    if (direction == FRIBIDI_PAR_RTL) out += right_to_left_mark;
    if (direction == FRIBIDI_PAR_LTR) out += left_to_right_mark;
    out += paragraph;
    if (paragraph.size() == words.size()) return out;
    words.remove_prefix(paragraph.size() + 1);
    out += '\n';
  }
}

// In the largest letters with which all of it has room.
void draw_words(cairo_t* pen, const ShareImage& image) {
  const Layout layout = layout_of(pen, with_marks(image.words), words_size_max, Weight::normal);
  if (!image.language.empty()) {
    pango_context_set_language(pango_layout_get_context(layout.get()),
                               pango_language_from_string(image.language.c_str()));
    pango_layout_context_changed(layout.get());
  }
  pango_layout_set_width(layout.get(), static_cast<int>(inner_width) * PANGO_SCALE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  int size = words_size_max;
  while (extent_of(layout.get()).height > words_height && size > words_size_min) {
    size -= 2;
    set_font(layout.get(), size, Weight::normal);
  }
  pango_layout_set_height(layout.get(), static_cast<int>(words_height) * PANGO_SCALE);
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  show(pen, layout.get(), margin, words_top);
}

cairo_status_t read_some(void* from, unsigned char* bytes, unsigned count) {
  auto& rest = *static_cast<std::string_view*>(from);
  if (rest.size() < count) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(bytes, rest.data(), count);
  rest.remove_prefix(count);
  return CAIRO_STATUS_SUCCESS;
}

void draw_mark(cairo_t* pen) {
  std::string_view png = find_static_file("avatar.png")->bytes;
  const Surface mark(cairo_image_surface_create_from_png_stream(read_some, &png));
  ensure(cairo_surface_status(mark.get()) == CAIRO_STATUS_SUCCESS, "the hoopoe is a picture");
  constexpr double radius = 18;
  const double left = share_image_width - margin - mark_size;
  const double top = below_top - 14;
  const double scale = mark_size / cairo_image_surface_get_width(mark.get());
  round_square(pen, left, top, mark_size, radius);
  cairo_clip(pen);
  cairo_translate(pen, left, top);
  cairo_scale(pen, scale, scale);
  cairo_set_source_surface(pen, mark.get(), 0, 0);
  cairo_paint(pen);
}

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string draw_share_image(const ShareImage& image) {
  constexpr int name_size = 40;
  constexpr int handle_size = 28;
  constexpr int below_size = 26;
  const std::lock_guard lock(fonts_mutex());
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, share_image_width, share_image_height));
  const Pen pen(cairo_create(surface.get()));
  use(pen.get(), paper);
  cairo_paint(pen.get());
  draw_band(pen.get());
  draw_tile(pen.get(), image);
  use(pen.get(), ink);
  draw_line(pen.get(), image.name, name_size, Weight::bold, name_left, margin - 4);
  draw_words(pen.get(), image);
  use(pen.get(), soft);
  draw_line(pen.get(), "@" + image.handle, handle_size, Weight::normal, name_left, margin + 52);
  draw_line(pen.get(), image.below, below_size, Weight::normal, margin, below_top);
  draw_mark(pen.get());
  std::string png;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &png);
  ensure(status == CAIRO_STATUS_SUCCESS, "a picture is written to memory");
  return png;
}

}  // namespace hoopoe::web
