// Pictures that people send: the bounds, libvips's loaders of four formats, and what is made of them.

#include <algorithm>
#include <string_view>

#include "media/blurhash.h"
#include "media/picture.h"
#include "tests/fuzz/require.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hoopoe::tests::require;
  namespace media = hoopoe::media;
  // A header that claims the most that may be takes about a second; of those the fuzzer soon has nothing
  // else.
  constexpr std::size_t bytes_max = 4096;
  if (size > bytes_max) return -1;
  const auto picture = media::make_picture(hoopoe::tests::as_text(data, size));
  if (!picture) return 0;
  const auto& [large, small, blurhash] = *picture;
  require(std::max(large.width, large.height) <= media::large_side_max &&
          std::min(large.width, large.height) > 0);
  require(std::max(small.width, small.height) <= media::small_side_max &&
          std::min(small.width, small.height) > 0);
  require(large.bytes.starts_with("\xff\xd8") && small.bytes.starts_with("RIFF"));
  require(media::average_colour(blurhash).has_value());
  return 0;
}
