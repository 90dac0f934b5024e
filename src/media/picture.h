#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

// A picture that somebody sends, made into what is kept and shown of it; the bytes that were sent are not
// kept.
namespace hoopoe::media {

// As many as Mastodon takes (app/models/concerns/attachmentable.rb and its instance answer's
// image_matrix_limit): 7680 x 4320.
constexpr std::int64_t pixels_max = 33'177'600;
// More than any camera's side; the work goes by pixels, but a thing one pixel high is no picture.
constexpr int side_max = 20'000;
// Each is a way through the whole picture; what programs write has about ten.
constexpr int jpeg_scans_max = 100;

constexpr int large_side_max = 2048;
constexpr int small_side_max = 640;

struct Rendition {
  std::string bytes;
  int width = 0;
  int height = 0;
};

// Upright, in sRGB, on white where it was transparent, never larger than it came. Neither rendition has
// anything of what the file said beside its pixels: no place, no camera, no author, no comment, no colour
// profile.
struct Picture {
  Rendition large;       // JPEG, fits in 2048 x 2048, shows early on a slow line (progressive)
  Rendition small;       // WebP, fits in 640 x 640
  std::string blurhash;  // of 4 x 3 components; of 3 x 4 if it is higher than wide
};

enum class PictureError {
  unknown_format,   // nothing of what is taken, by its first bytes
  too_many_pixels,  // by its header; nothing was decoded
  damaged,          // cut off, not what its first bytes say, or a JPEG of more than jpeg_scans_max
};

// Takes JPEG, PNG, GIF and WebP (of what moves, the first frame), by what the bytes are, whatever they are
// called. Neither HEIC nor AVIF: libheif 1.15 decodes as many pixels as the stream inside has, whatever the
// file's header says, so that 1.3 KB took 460 MB. A telephone sends JPEG to who does not ask for them.
//
// From any thread, any number at once. A photograph of 12 million pixels takes 0.3 to 0.6 s of one core and
// 100 MB; pixels_max, progressive or interlaced, 1.5 s and 300 MB, and of as many scans as may be, a few
// seconds. So: few threads, never an io thread.
// Throws std::runtime_error when memory runs out after decoding; before that, it looks damaged.
std::expected<Picture, PictureError> make_picture(std::string_view bytes);

}  // namespace hoopoe::media
