#include "tests/support/pictures.h"

#include <memory>
#include <stdexcept>
#include <vector>

#include <vips/vips.h>

namespace hoopoe::tests {

namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

struct Free {
  void operator()(void* bytes) const { g_free(bytes); }
};

void require(bool done) {
  if (done) return;
  const std::string words = vips_error_buffer();
  vips_error_clear();
  throw std::runtime_error(words);
}

void start_library() {
  static const int status = vips_init("hoopoe tests");
  require(status == 0);
}

// The file's bytes; with all of its metadata.
std::string saved(const Image& image, const char* format) {
  void* bytes = nullptr;
  std::size_t size = 0;
  require(vips_image_write_to_buffer(image.get(), format, &bytes, &size, nullptr) == 0);
  const std::unique_ptr<void, Free> owned(bytes);
  return {static_cast<const char*>(bytes), size};
}

// Each pixel from its place; so many bytes for each.
template <typename PixelAt>
Image drawn(int width, int height, int bands, PixelAt pixel_at) {
  start_library();
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int band = 0; band < bands; ++band)
        bytes.push_back(static_cast<std::uint8_t>(pixel_at(x, y, band)));
    }
  }
  Image image(
      vips_image_new_from_memory_copy(bytes.data(), bytes.size(), width, height, bands, VIPS_FORMAT_UCHAR));
  require(image != nullptr);
  VipsImage* srgb = nullptr;
  require(vips_copy(image.get(), &srgb, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr) == 0);
  return Image(srgb);
}

int band_of(const Rgb& colour, int band) {
  if (band == 0) return colour.red;
  return band == 1 ? colour.green : colour.blue;
}

Image plain(int width, int height, const Rgb& colour) {
  return drawn(width, height, 3, [&](int, int, int band) { return band_of(colour, band); });
}

void add_blob(const Image& image, const char* name, std::string_view bytes) {
  vips_image_set_blob_copy(image.get(), name, bytes.data(), bytes.size());
}

Image transformed(const Image& image, const char* profile) {
  VipsImage* out = nullptr;
  require(vips_icc_transform(image.get(), &out, profile, "input_profile", "srgb", nullptr) == 0);
  return Image(out);
}

}  // namespace

std::string one_colour(int width, int height, Rgb colour, const char* format) {
  return saved(plain(width, height, colour), format);
}

std::string gradient(int width, int height, const char* format) {
  std::uint32_t noise = 1;
  return saved(drawn(width, height, 3,
                     [&](int x, int y, int band) {
                       noise = noise * 1664525 + 1013904223;
                       const int grain = static_cast<int>(noise >> 28);
                       if (band == 0) return x * 240 / width + grain;
                       if (band == 1) return y * 240 / height + grain;
                       return (x / 16 + y / 16) % 2 * 96 + 64 + grain;
                     }),
               format);
}

std::string two_frames(int width, int height, Rgb first, Rgb second) {
  const Image image = drawn(width, 2 * height, 3,
                            [&](int, int y, int band) { return band_of(y < height ? first : second, band); });
  vips_image_set_int(image.get(), VIPS_META_PAGE_HEIGHT, height);
  return saved(image, gif_file);
}

std::string half_clear(int width, int height, Rgb left) {
  return saved(drawn(width, height, 4,
                     [&](int x, int, int band) {
                       if (x >= width / 2) return 0;
                       return band == 3 ? 255 : band_of(left, band);
                     }),
               png_file);
}

std::string from_a_telephone(int width, int height, std::string_view words, int orientation,
                             const char* format) {
  const std::string text(words);
  const Image image = drawn(width, height, 3, [&](int x, int, int band) {
    if (band == 1) return 0;
    return (band == 0) == (x < width / 2) ? 255 : 0;
  });
  vips_image_set_int(image.get(), VIPS_META_ORIENTATION, orientation);
  vips_image_set_string(image.get(), "exif-ifd0-Model", text.c_str());
  vips_image_set_string(image.get(), "exif-ifd2-UserComment", text.c_str());
  vips_image_set_string(image.get(), "exif-ifd3-GPSLatitudeRef", "N");
  vips_image_set_string(image.get(), "exif-ifd3-GPSLatitude", "35/1 41/1 21/1");
  vips_image_set_string(image.get(), "exif-ifd3-GPSAreaInformation", text.c_str());
  add_blob(image, VIPS_META_IPTC_NAME, text);
  add_blob(image, VIPS_META_XMP_NAME, "http://ns.adobe.com/xap/1.0/ <x:xmpmeta>" + text + "</x:xmpmeta>");
  std::string bytes = saved(image, format);
  if (std::string_view(format).starts_with(jpeg_file)) {
    // A comment segment (ISO 10918-1, B.2.4.5), right behind the start of the image.
    const std::size_t length = text.size() + 2;
    bytes.insert(2,
                 std::string("\xff\xfe") + static_cast<char>(length >> 8) + static_cast<char>(length) + text);
  }
  return bytes;
}

std::string one_colour_in_p3(int width, int height, Rgb colour) {
  return saved(transformed(plain(width, height, colour), "p3"), jpeg_file);
}

std::string one_colour_in_cmyk(int width, int height, Rgb colour) {
  return saved(transformed(plain(width, height, colour), "cmyk"), jpeg_file);
}

std::string with_broken_profile(int width, int height, Rgb colour) {
  const Image image = plain(width, height, colour);
  add_blob(image, VIPS_META_ICC_NAME, "this is no profile");
  return saved(image, jpeg_file);
}

Rgb pixel(std::string_view picture, int x, int y) {
  start_library();
  const Image image(vips_image_new_from_buffer(picture.data(), picture.size(), "", nullptr));
  require(image != nullptr);
  double* values = nullptr;
  int count = 0;
  require(vips_getpoint(image.get(), &values, &count, x, y, nullptr) == 0);
  const std::unique_ptr<double, Free> owned(values);
  require(count >= 3);
  return {.red = static_cast<int>(values[0]),
          .green = static_cast<int>(values[1]),
          .blue = static_cast<int>(values[2])};
}

}  // namespace hoopoe::tests
