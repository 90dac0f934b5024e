#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Pictures as people send them, made as they are asked for. All throw std::runtime_error where libvips
// cannot.
namespace hoopoe::tests {

struct Rgb {
  int red = 0;
  int green = 0;
  int blue = 0;
};

// As libvips names them: ".jpg" and what its saver is told.
inline constexpr const char* jpeg_file = ".jpg";
inline constexpr const char* progressive_jpeg_file = ".jpg[interlace=true]";
inline constexpr const char* png_file = ".png";
inline constexpr const char* gif_file = ".gif";
inline constexpr const char* webp_file = ".webp";
inline constexpr const char* tiff_file = ".tif";

// All of one colour: some hundred bytes, however large.
std::string one_colour(int width, int height, Rgb colour = {.red = 46, .green = 125, .blue = 50},
                       const char* format = jpeg_file);

// Colours that run from side to side and from top to bottom, and no pixel quite as its neighbours: about what
// a photograph costs.
std::string gradient(int width, int height, const char* format = jpeg_file);

// A GIF of two frames, each of one colour.
std::string two_frames(int width, int height, Rgb first, Rgb second);

// A PNG of one colour on the left and, on the right, black that does not show.
std::string half_clear(int width, int height, Rgb left);

// What a telephone adds to a picture, with these words in each place that has room for words: EXIF with a
// camera, a place (GPS) and how it was held (1 to 8, EXIF 2.3), XMP, IPTC, and a comment where the format has
// one. Its left half is red, its right half blue, before it is turned.
std::string from_a_telephone(int width, int height, std::string_view words, int orientation = 1,
                             const char* format = jpeg_file);

// Of one colour, which it says in other numbers, by a profile: those of Display P3, or of inks.
std::string one_colour_in_p3(int width, int height, Rgb colour);
std::string one_colour_in_cmyk(int width, int height, Rgb colour);
// With a profile that is none.
std::string with_broken_profile(int width, int height, Rgb colour);

// What is to be seen at a place of any of these files.
Rgb pixel(std::string_view picture, int x, int y);

}  // namespace hoopoe::tests
