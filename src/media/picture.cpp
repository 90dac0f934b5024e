#include "media/picture.h"

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>

#include <vips/vips.h>
// After it: it needs what is in there.
#include <vips/vector.h>

#include "media/blurhash.h"

namespace hoopoe::media {

namespace {

// Blurhash keeps a few waves; of more pixels than these it only takes longer.
constexpr int blurhash_side_max = 32;
// By eye, on photographs with writing: below these it shows; above, the bytes grow faster than what is seen.
constexpr int jpeg_quality = 82;
constexpr int webp_quality = 72;
constexpr int webp_effort = 4;  // of 6; the next one takes twice as long for some 2 % fewer bytes

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
  void operator()(VipsArrayDouble* array) const { vips_area_unref(&array->area); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

struct Free {
  void operator()(void* bytes) const { g_free(bytes); }
  void operator()(gchar** names) const { g_strfreev(names); }
};

// What libvips keeps of each thread that calls it, and the errors it has gathered.
struct CleanUp {
  CleanUp() = default;
  CleanUp(const CleanUp&) = delete;
  CleanUp& operator=(const CleanUp&) = delete;
  ~CleanUp() {
    vips_error_clear();
    vips_thread_shutdown();
  }
};

// libvips must be started once, by one thread, before anything is asked of it. Here, when the first picture
// comes, so that whoever never has one neither waits for it nor has its 20 MB.
void start_library() {
  static const bool started = [] {
    if (vips_init("hoopoe") != 0) throw std::runtime_error(vips_error_buffer());
    // Loaders that are not fuzzed by their makers. None is asked for below; this is the second lock.
    vips_block_untrusted_set(TRUE);
    // No picture comes twice, and pictures beside each other use the cores better than parts of one.
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    // It would write machine code as it goes (liborc), into a file in the home folder. That saves a third of
    // the time, and is not what a process should be able to do that reads what strangers send.
    vips_vector_set_enabled(FALSE);
    // It writes to standard error what it thinks of a file, which a stranger may send at will.
    g_log_set_handler(
        "VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK),
        [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
    return true;
  }();
  static_cast<void>(started);
}

// After the whole is in memory nothing of what was sent can fail any more: memory has run out.
void require(int status) {
  if (status != 0) throw std::runtime_error(vips_error_buffer());
}

using Load = int (*)(void*, std::size_t, VipsImage**, ...);

// libvips would look for a loader itself, and ask ImageMagick last: so this asks the one that it must be.
Load loader_of(std::string_view bytes) {
  if (bytes.size() < 12) return nullptr;
  if (bytes.starts_with("\xff\xd8\xff")) return vips_jpegload_buffer;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return vips_pngload_buffer;
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return vips_gifload_buffer;
  const bool is_webp = bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP");
  return is_webp ? vips_webpload_buffer : nullptr;
}

// The header; the pixels are decoded as they are asked for, once, from the top down.
Image open(Load load, std::string_view bytes) {
  VipsImage* image = nullptr;
  // It takes what it only reads as a pointer to what it might write.
  load(const_cast<char*>(bytes.data()), bytes.size(), &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
       VIPS_FAIL_ON_ERROR, nullptr);
  return Image(image);
}

// A progressive JPEG is gone through once for each scan, and a scan of 40 bytes can be of every pixel: of 33
// million, 900 of them take seven seconds. Cameras and programs write about ten. A start of scan is these two
// bytes (ISO 10918-1, B.1.1.2), which are never among the pixels; elsewhere they are so by chance, once in 64
// KB.
bool has_too_many_scans(Load load, std::string_view bytes) {
  constexpr std::string_view start_of_scan = "\xff\xda";
  if (load != vips_jpegload_buffer) return false;
  int scans = 0;
  for (std::size_t at = 0; (at = bytes.find(start_of_scan, at)) != std::string_view::npos; ++at) ++scans;
  return scans > jpeg_scans_max;
}

bool is_too_large(const Image& image) {
  const int width = vips_image_get_width(image.get());
  const int height = vips_image_get_height(image.get());
  return std::max(width, height) > side_max || std::int64_t{width} * height > pixels_max;
}

// Never enlarged, and turned upright.
Image fitted(const Image& image, int side) {
  VipsImage* out = nullptr;
  vips_thumbnail_image(image.get(), &out, side, "height", side, "size", VIPS_SIZE_DOWN, nullptr);
  return Image(out);
}

// By the profile that came with it, if that can be used: many a broken one is ignored by every browser, too.
Image with_profile(Image image) {
  if (image == nullptr || vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) == 0) return image;
  VipsImage* out = nullptr;
  vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, nullptr);
  return out == nullptr ? std::move(image) : Image(out);
}

// Three bytes for each pixel.
Image on_white(const Image& image) {
  VipsImage* rgb = nullptr;
  if (image == nullptr || vips_colourspace(image.get(), &rgb, VIPS_INTERPRETATION_sRGB, nullptr) != 0)
    return {};
  Image whole(rgb);
  if (vips_image_hasalpha(rgb) == 0) return whole;
  const std::unique_ptr<VipsArrayDouble, Unref> white(vips_array_double_newv(1, 255.0));
  VipsImage* flat = nullptr;
  vips_flatten(rgb, &flat, "background", white.get(), nullptr);
  return Image(flat);
}

// So that no saver has what it is told to leave out.
void forget_all_but_pixels(const Image& image) {
  const std::unique_ptr<gchar*, Free> names(vips_image_get_fields(image.get()));
  for (gchar** name = names.get(); *name != nullptr; ++name) vips_image_remove(image.get(), *name);
}

// In memory, so that what decoded it is gone. None for what cannot be decoded to its end.
Image large_of(const Image& opened) {
  const Image pipeline = on_white(with_profile(fitted(opened, large_side_max)));
  if (pipeline == nullptr) return {};
  Image large(vips_image_copy_memory(pipeline.get()));
  if (large != nullptr) forget_all_but_pixels(large);
  return large;
}

Image small_of(const Image& large) {
  const Image pipeline = fitted(large, small_side_max);
  Image small(pipeline ? vips_image_copy_memory(pipeline.get()) : nullptr);
  require(small ? 0 : -1);
  return small;
}

// What a saver has allocated.
std::string taken(void* bytes, std::size_t size) {
  const std::unique_ptr<void, Free> owned(bytes);
  return {static_cast<const char*>(bytes), size};
}

std::string jpeg(const Image& image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  require(vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", jpeg_quality, "interlace", TRUE,
                               "optimize_coding", TRUE, "strip", TRUE, nullptr));
  return taken(bytes, size);
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<std::uint8_t>(bytes[i]);
  return number;
}

// Without the EXIF that libvips 8.14 writes into every WebP, "strip" or not: the one chunk with the pixels,
// in the simple file format (developers.google.com/speed/webp/docs/riff_container).
std::string only_the_pixels(std::string_view webp) {
  constexpr std::size_t head = 8;  // a name and a length
  for (std::string_view rest = webp.substr(head + 4); rest.size() >= head;) {
    const std::size_t padded = head + (std::size_t{little_endian(rest.substr(4))} + 1) / 2 * 2;
    if (!rest.starts_with("VP8 ")) {
      rest.remove_prefix(std::min(padded, rest.size()));
      continue;
    }
    std::string bytes("RIFF");
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((padded + 4) >> shift);
    return bytes.append("WEBP").append(rest.substr(0, padded));
  }
  throw std::runtime_error("libvips: a WebP without pixels");
}

std::string webp(const Image& image) {
  void* bytes = nullptr;
  std::size_t size = 0;
  require(vips_webpsave_buffer(image.get(), &bytes, &size, "Q", webp_quality, "effort", webp_effort, "strip",
                               TRUE, nullptr));
  return only_the_pixels(taken(bytes, size));
}

Rendition rendition(const Image& image, std::string bytes) {
  return {.bytes = std::move(bytes),
          .width = vips_image_get_width(image.get()),
          .height = vips_image_get_height(image.get())};
}

std::string blurhash_of(const Image& image) {
  const Image tiny = fitted(image, blurhash_side_max);
  std::size_t size = 0;
  const std::unique_ptr<void, Free> pixels(tiny ? vips_image_write_to_memory(tiny.get(), &size) : nullptr);
  require(pixels ? 0 : -1);
  const int width = vips_image_get_width(tiny.get());
  const int height = vips_image_get_height(tiny.get());
  const bool upright = vips_image_get_height(image.get()) > vips_image_get_width(image.get());
  return blurhash(std::span(static_cast<const std::uint8_t*>(pixels.get()), size), width, height,
                  upright ? 3 : 4, upright ? 4 : 3);
}

}  // namespace

std::expected<Picture, PictureError> make_picture(std::string_view bytes) {
  const Load load = loader_of(bytes);
  if (load == nullptr) return std::unexpected(PictureError::unknown_format);
  start_library();
  const CleanUp at_the_end;
  if (has_too_many_scans(load, bytes)) return std::unexpected(PictureError::damaged);
  Image opened = open(load, bytes);
  if (opened == nullptr) return std::unexpected(PictureError::damaged);
  if (is_too_large(opened)) return std::unexpected(PictureError::too_many_pixels);
  const Image large = large_of(opened);
  if (large == nullptr) return std::unexpected(PictureError::damaged);
  // Whatever a decoder holds of the whole picture, before there is more.
  opened.reset();
  const Image small = small_of(large);
  return Picture{.large = rendition(large, jpeg(large)),
                 .small = rendition(small, webp(small)),
                 .blurhash = blurhash_of(small)};
}

}  // namespace hoopoe::media
