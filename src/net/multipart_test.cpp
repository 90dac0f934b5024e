#include <gtest/gtest.h>

#include "base/refusal.h"
#include "net/parameters.h"

namespace hoopoe::net {
namespace {

constexpr auto content_type = "multipart/form-data; boundary=\"x-y\"";

Parameters read(std::string_view body, std::string_view type = content_type) {
  Parameters parameters;
  read_multipart(body, type, parameters);
  return parameters;
}

TEST(Multipart, HoldsFieldsAndFiles) {
  auto parameters = read(
      "--x-y\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\na hoopoe\r\nin a tree\r\n"
      "--x-y\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;\\\"b\\\".jpg\"\r\n"
      "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--x-\r\n--x-y--\r\nignored");
  EXPECT_EQ(parameters.get("description"), "a hoopoe\r\nin a tree");
  EXPECT_THAT(parameters.take_files("thumbnail"), testing::IsEmpty());
  const std::vector<File> files = parameters.take_files("file");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].filename, "a;\"b\".jpg");
  EXPECT_EQ(files[0].content_type, "image/jpeg");
  EXPECT_EQ(files[0].bytes, "\xff\xd8\r\n--x-");
  EXPECT_THAT(parameters.take_files("file"), testing::IsEmpty());
}

TEST(Multipart, AFileFieldLeftEmptyIsNoFile) {
  auto parameters =
      read("--x-y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x-y--");
  EXPECT_THAT(parameters.take_files("file"), testing::IsEmpty());
  EXPECT_FALSE(parameters.has("file"));
}

TEST(Multipart, TheBoundaryMayBeBareAndFollowedByMore) {
  EXPECT_EQ(read("--abc\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--abc--\r\n",
                 "multipart/form-data; boundary=abc; charset=utf-8")
                .get("a"),
            "1");
}

TEST(Multipart, RefusesWhatIsBroken) {
  for (const auto* body :
       {"", "x", "--x-y", "--x-yz\r\n", "--x-y\r\n\r\nno head\r\n--x-y--",
        "--x-y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--x-y\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--x-y--",
        "--x-y\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x-y--",
        "--x-y\r\nno colon\r\n\r\n1\r\n--x-y--",
        "--x-y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x-y--",
        "--x-y\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\xff\"\r\n\r\n1\r\n--x-y--"}) {
    EXPECT_THROW(read(body), Refusal) << body;
  }
  for (const auto* type : {"multipart/form-data", "multipart/form-data; boundary=",
                           "multipart/form-data; boundary=\"x", "multipart/form-data; boundaryx-y"}) {
    EXPECT_THROW(read("--x-y--", type), Refusal) << type;
  }
}

TEST(Multipart, TooManyFilesAreRefused) {
  std::string body;
  for (int i = 0; i < 17; ++i) {
    body += "--x-y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n1\r\n";
  }
  EXPECT_THROW(read(body + "--x-y--"), Refusal);
}

}  // namespace
}  // namespace hoopoe::net
