#include "web/share_image.h"

#include <cstring>
#include <memory>

#include <cairo.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/bidi.h"

namespace hoopoe::web {
namespace {

// What somebody sees who looks at the picture.
class Picture {
 public:
  explicit Picture(std::string png) : png_(std::move(png)) {
    std::string_view rest = png_;
    surface_ = cairo_image_surface_create_from_png_stream(
        [](void* from, unsigned char* bytes, unsigned count) {
          auto& left = *static_cast<std::string_view*>(from);
          if (left.size() < count) return CAIRO_STATUS_READ_ERROR;
          std::memcpy(bytes, left.data(), count);
          left.remove_prefix(count);
          return CAIRO_STATUS_SUCCESS;
        },
        &rest);
  }
  ~Picture() { cairo_surface_destroy(surface_); }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;

  int width() const { return cairo_image_surface_get_width(surface_); }
  int height() const { return cairo_image_surface_get_height(surface_); }

  // How many pixels are not paper in a part of it.
  int marks(int left, int top, int right, int bottom) const {
    int count = 0;
    const unsigned char* data = cairo_image_surface_get_data(surface_);
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        const unsigned char* pixel = data + y * cairo_image_surface_get_stride(surface_) + x * 4;
        if (pixel[0] < 0xc0) ++count;  // paper is all but white
      }
    }
    return count;
  }
  int marks_in_words(int left, int right) const { return marks(left, 200, right, 520); }

 private:
  std::string png_;
  cairo_surface_t* surface_ = nullptr;
};

ShareImage saying(std::string words) {
  return {.initial = "J", .name = "Jack", .handle = "jack", .words = std::move(words), .below = "1 October"};
}

TEST(ShareImageTest, has_the_size_that_others_ask_for_and_all_its_parts) {
  const Picture picture(draw_share_image(saying("hello")));
  EXPECT_EQ(picture.width(), share_image_width);
  EXPECT_EQ(picture.height(), share_image_height);
  EXPECT_GT(picture.marks(72, 72, 168, 168), 5000) << "the tile";
  EXPECT_GT(picture.marks(190, 70, 500, 160), 500) << "name and handle";
  EXPECT_GT(picture.marks_in_words(72, 400), 500);
  EXPECT_GT(picture.marks(72, 540, 400, 600), 200) << "when";
}

TEST(ShareImageTest, each_paragraph_begins_on_its_own_side) {
  const Picture english(draw_share_image(saying("hello")));
  EXPECT_GT(english.marks_in_words(72, 300), 0);
  EXPECT_EQ(english.marks_in_words(700, 1200), 0);
  ShareImage persian = saying("سلام");
  persian.language = "fa";
  const Picture from_the_right(draw_share_image(persian));
  EXPECT_EQ(from_the_right.marks_in_words(0, 500), 0);
  EXPECT_GT(from_the_right.marks_in_words(900, 1128), 0);
  const std::string name =
      std::string(text::isolate_left_to_right) + "@nasrin_sky" + std::string(text::end_of_isolate);
  const Picture reply(draw_share_image(saying(name + " سلام\n" + name + " hello\n" + name)));
  EXPECT_GT(reply.marks(900, 200, 1128, 280), 0) << "begins with a name, and goes on in Persian";
  EXPECT_EQ(reply.marks(700, 290, 1200, 370), 0) << "goes on in English";
  const Picture both(draw_share_image(saying("hello\nسلام")));
  EXPECT_GT(both.marks(72, 200, 300, 280), 0);
  EXPECT_GT(both.marks(900, 285, 1128, 400), 0);
}

TEST(ShareImageTest, however_much_there_is_it_stays_in_its_place) {
  std::string much;
  for (int i = 0; i < 500; ++i) much += "words ";
  ShareImage image = saying(much);
  image.name = much;
  const Picture picture(draw_share_image(image));
  EXPECT_EQ(picture.marks(0, 520, 1200, 540), 0) << "above the last line";
  EXPECT_EQ(picture.marks(1130, 20, 1200, 630), 0) << "the right margin";
  EXPECT_EQ(Picture(draw_share_image(saying(""))).marks_in_words(0, share_image_width), 0);
  EXPECT_GT(Picture(draw_share_image(saying("broken \xff bytes"))).marks_in_words(72, 400), 0);
}

}  // namespace
}  // namespace hoopoe::web
