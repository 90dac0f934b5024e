#include "media/picture.h"

#include <array>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/pictures.h"

namespace hoopoe::media {
namespace {

using tests::Rgb;

constexpr Rgb green{.red = 46, .green = 125, .blue = 50};
constexpr Rgb red{.red = 255, .green = 0, .blue = 0};
constexpr Rgb blue{.red = 0, .green = 0, .blue = 255};
constexpr Rgb white{.red = 255, .green = 255, .blue = 255};

Picture made(std::string_view bytes) {
  auto picture = make_picture(bytes);
  if (!picture) throw std::runtime_error("refused as " + std::to_string(static_cast<int>(picture.error())));
  return std::move(*picture);
}

testing::Matcher<Rgb> like(const Rgb& colour, int within = 12) {
  const auto near = [within](int value) {
    return testing::AllOf(testing::Ge(value - within), testing::Le(value + within));
  };
  return testing::AllOf(testing::Field("red", &Rgb::red, near(colour.red)),
                        testing::Field("green", &Rgb::green, near(colour.green)),
                        testing::Field("blue", &Rgb::blue, near(colour.blue)));
}

testing::Matcher<Rendition> sized(int width, int height) {
  return testing::AllOf(testing::Field("width", &Rendition::width, width),
                        testing::Field("height", &Rendition::height, height));
}

// Both renditions at a place that is said in parts of the whole.
void expect_at(const Picture& picture, double x, double y, const Rgb& colour) {
  for (const Rendition* rendition : {&picture.large, &picture.small}) {
    EXPECT_THAT(tests::pixel(rendition->bytes, static_cast<int>(x * rendition->width),
                             static_cast<int>(y * rendition->height)),
                like(colour));
  }
}

void put(std::string& bytes, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) bytes.at(at + i) = static_cast<char>(number >> (24 - 8 * i));
}

// ISO 15948, annex D.
std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t sum = 0xffffffff;
  for (const char byte : bytes) {
    sum ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) sum = (sum & 1) != 0 ? 0xedb88320 ^ sum >> 1 : sum >> 1;
  }
  return ~sum;
}

// With a text behind the header of a PNG, as no compression hides it.
std::string with_text(std::string png, std::string_view words) {
  const std::string named = "tEXtComment" + std::string(1, '\0') + std::string(words);
  std::string chunk(4, '\0');
  put(chunk, 0, static_cast<std::uint32_t>(named.size() - 4));
  chunk += named + std::string(4, '\0');
  put(chunk, chunk.size() - 4, checksum(named));
  return png.insert(33, chunk);
}

// One pixel, that says it is so many.
std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  std::string bytes = tests::one_colour(1, 1, green, tests::png_file);
  // Behind the signature and a length: a name of four letters, the two sides, five more bytes, and their
  // checksum.
  put(bytes, 16, width);
  put(bytes, 20, height);
  put(bytes, 29, checksum(std::string_view(bytes).substr(12, 17)));
  return bytes;
}

// The markers of a JPEG up to its first pixels (ISO 10918-1, B.1.1).
std::string markers(std::string_view jpeg) {
  std::string found;
  for (std::size_t at = 2; at + 4 <= jpeg.size() && (found.empty() || found.back() != '\xda');) {
    found += jpeg[at + 1];
    at += 2 + static_cast<std::size_t>(static_cast<std::uint8_t>(jpeg[at + 2]) * 256 +
                                       static_cast<std::uint8_t>(jpeg[at + 3]));
  }
  return found;
}

TEST(Picture, fits_and_keeps_its_shape) {
  const Picture picture = made(tests::gradient(3000, 2000));
  EXPECT_THAT(picture.large, sized(2048, 1365));
  EXPECT_THAT(picture.small, sized(640, 427));
  EXPECT_TRUE(picture.large.bytes.starts_with("\xff\xd8\xff"));
  EXPECT_THAT(markers(picture.large.bytes), testing::HasSubstr("\xc2")) << "progressive";
  EXPECT_EQ(picture.small.bytes.substr(8, 4), "WEBP");
  EXPECT_EQ(picture.blurhash.size(), 28U);
  EXPECT_EQ(picture.blurhash.front(), 'L') << "4 x 3";
  EXPECT_EQ(made(tests::gradient(20, 30)).blurhash.front(), 'T') << "3 x 4";
  EXPECT_LT(picture.small.bytes.size(), picture.large.bytes.size() / 4);
}

TEST(Picture, is_never_enlarged) {
  const Picture picture = made(tests::one_colour(30, 20));
  EXPECT_THAT(picture.large, sized(30, 20));
  EXPECT_THAT(picture.small, sized(30, 20));
  const Picture dot = made(tests::one_colour(1, 1));
  EXPECT_THAT(dot.small, sized(1, 1));
}

TEST(Picture, may_be_as_narrow_as_a_line) {
  EXPECT_THAT(made(tests::one_colour(20'000, 1, green, tests::png_file)).large, sized(2048, 1));
  EXPECT_THAT(made(tests::one_colour(1, 20'000)).small, sized(1, 640));
}

TEST(Picture, is_taken_in_each_format_that_people_send) {
  for (const char* format :
       {tests::jpeg_file, tests::progressive_jpeg_file, tests::png_file, tests::gif_file, tests::webp_file}) {
    SCOPED_TRACE(format);
    const Picture picture = made(tests::one_colour(64, 48, green, format));
    EXPECT_THAT(picture.large, sized(64, 48));
    expect_at(picture, 0.5, 0.5, green);
  }
}

TEST(Picture, is_not_made_of_anything_else) {
  const std::string tiff = tests::one_colour(8, 8, green, tests::tiff_file);
  for (const std::string& bytes :
       {std::string(), std::string("GIF"), std::string(100, '\0'), tiff,
        std::string("P6 1 1 255 abc and more"),
        std::string("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        std::string("\0\0\0\x1c"
                    "ftypheic and what follows it",
                    32),
        std::string("\0\0\0\x1c"
                    "ftypavif and what follows it",
                    32),
        std::string("%PDF-1.7 and so on"), std::string("push graphic-context viewbox 0 0 9 9")}) {
    EXPECT_EQ(make_picture(bytes).error(), PictureError::unknown_format);
  }
}

TEST(Picture, stands_upright_however_the_telephone_was_held) {
  // Where the left half, which is red, comes to stand (EXIF 2.3, tag 0x0112).
  const Picture as_it_is = made(tests::from_a_telephone(80, 40, "x", 1));
  EXPECT_THAT(as_it_is.large, sized(80, 40));
  expect_at(as_it_is, 0.1, 0.5, red);
  expect_at(as_it_is, 0.9, 0.5, blue);
  const Picture upside_down = made(tests::from_a_telephone(80, 40, "x", 3));
  expect_at(upside_down, 0.9, 0.5, red);
  const Picture clockwise = made(tests::from_a_telephone(80, 40, "x", 6));
  EXPECT_THAT(clockwise.large, sized(40, 80));
  expect_at(clockwise, 0.5, 0.1, red);
  expect_at(clockwise, 0.5, 0.9, blue);
  EXPECT_EQ(clockwise.blurhash.front(), 'T') << "3 x 4";
  expect_at(made(tests::from_a_telephone(80, 40, "x", 8)), 0.5, 0.9, red);
  expect_at(made(tests::from_a_telephone(80, 40, "x", 2)), 0.9, 0.5, red);
}

TEST(Picture, tells_nothing_of_what_the_file_said) {
  constexpr std::string_view secret = "Nasrin at home";
  for (const char* format :
       {tests::jpeg_file, tests::progressive_jpeg_file, tests::png_file, tests::webp_file}) {
    SCOPED_TRACE(format);
    std::string sent = tests::from_a_telephone(80, 40, secret, 6, format);
    if (format == tests::png_file) sent = with_text(sent, secret);
    EXPECT_THAT(sent, testing::HasSubstr(secret)) << "else this shows nothing";
    const Picture picture = made(sent);
    for (const std::string& bytes : {picture.large.bytes, picture.small.bytes}) {
      for (const char* word : {"Nasrin", "Exif", "EXIF", "GPS", "http:", "xmp", "XMP", "ICC", "Photoshop"}) {
        EXPECT_THAT(bytes, testing::Not(testing::HasSubstr(word)));
      }
    }
    // Tables, and the start of frame and of scan: nothing else, whatever it is called.
    EXPECT_EQ(markers(picture.large.bytes).find_first_not_of("\xdb\xc2\xc4\xda"), std::string::npos);
    EXPECT_EQ(picture.small.bytes.substr(12, 4), "VP8 ");
    const auto pixels = static_cast<std::uint8_t>(picture.small.bytes[16]) +
                        256U * static_cast<std::uint8_t>(picture.small.bytes[17]);
    EXPECT_EQ(picture.small.bytes.size(), 20 + (pixels + 1) / 2 * 2) << "there is one chunk";
  }
}

TEST(Picture, is_shown_in_the_colours_that_its_profile_means) {
  const Rgb leaf{.red = 60, .green = 160, .blue = 70};
  const std::string wide = tests::one_colour_in_p3(64, 48, leaf);
  EXPECT_THAT(tests::pixel(wide, 9, 9), testing::Not(like(leaf))) << "else this shows nothing";
  expect_at(made(wide), 0.5, 0.5, leaf);
  EXPECT_THAT(made(wide).large.bytes, testing::Not(testing::HasSubstr("ICC_PROFILE")));
  expect_at(made(tests::one_colour_in_cmyk(64, 48, leaf)), 0.5, 0.5, leaf);
  expect_at(made(tests::with_broken_profile(64, 48, leaf)), 0.5, 0.5, leaf);
}

TEST(Picture, stands_on_white_where_it_was_clear) {
  const Picture picture = made(tests::half_clear(800, 400, green));
  expect_at(picture, 0.2, 0.5, green);
  expect_at(picture, 0.8, 0.5, white);
}

TEST(Picture, that_moves_is_its_first_frame) {
  const Picture picture = made(tests::two_frames(64, 48, red, blue));
  EXPECT_THAT(picture.large, sized(64, 48));
  expect_at(picture, 0.5, 0.5, red);
  expect_at(picture, 0.5, 0.95, red);
}

TEST(Picture, that_was_cut_off_is_refused) {
  for (const char* format :
       {tests::jpeg_file, tests::progressive_jpeg_file, tests::png_file, tests::gif_file, tests::webp_file}) {
    SCOPED_TRACE(format);
    const std::string whole = tests::gradient(200, 150, format);
    for (const double part : {0.02, 0.3, 0.5, 0.9}) {
      const auto kept = static_cast<std::size_t>(part * static_cast<double>(whole.size()));
      const auto picture = make_picture(whole.substr(0, std::max<std::size_t>(kept, 16)));
      EXPECT_TRUE(!picture && picture.error() == PictureError::damaged) << part;
    }
  }
}

TEST(Picture, that_claims_too_many_pixels_costs_nothing) {
  EXPECT_EQ(make_picture(png_claiming(60'000, 60'000)).error(), PictureError::too_many_pixels);
}

TEST(Picture, that_a_few_bytes_would_have_decoded_for_seconds_is_refused) {
  // What is in a comment is no scan, but looks like one to who counts them.
  const auto with_scans = [](int count) {
    std::string comment;
    for (int i = 0; i < count; ++i) comment += "\xff\xda";
    return tests::from_a_telephone(80, 40, comment);
  };
  EXPECT_TRUE(make_picture(with_scans(jpeg_scans_max / 4)));
  EXPECT_EQ(make_picture(with_scans(jpeg_scans_max)).error(), PictureError::damaged);
}

TEST(Picture, may_be_as_large_as_mastodon_takes) {
  EXPECT_THAT(made(tests::one_colour(7680, 4320, green, tests::png_file)).large, sized(2048, 1152));
  EXPECT_EQ(make_picture(tests::one_colour(7681, 4320, green, tests::png_file)).error(),
            PictureError::too_many_pixels);
  EXPECT_EQ(make_picture(tests::one_colour(side_max + 1, 1, green, tests::png_file)).error(),
            PictureError::too_many_pixels);
}

TEST(Picture, is_the_same_on_any_thread) {
  const std::string sent = tests::gradient(300, 200);
  const Picture expected = made(sent);
  std::array<std::thread, 4> threads;
  for (std::thread& thread : threads) {
    thread = std::thread([&] {
      for (int round = 0; round < 5; ++round) {
        EXPECT_EQ(made(sent).large.bytes, expected.large.bytes);
        EXPECT_EQ(made(sent).small.bytes, expected.small.bytes);
        EXPECT_FALSE(make_picture(std::string_view(sent).substr(0, sent.size() / 2)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace hoopoe::media
