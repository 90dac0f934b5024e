#include "main/housekeeper.h"

#include <gtest/gtest.h>

#include "app/oauth.h"
#include "store/photos.h"
#include "tests/support/test_square.h"

namespace hoopoe {
namespace {

constexpr std::chrono::seconds patience{10};

TEST(HousekeeperTest, what_is_past_its_end_is_erased_as_soon_as_the_server_runs) {
  tests::TestSquare square;
  square.run(app::register_client(
      square.app(),
      {.name = "Ivory", .website = {}, .redirect_uris = {"https://ivory.example/"}, .scopes = {}}));
  square.clock().advance(app::client_kept);
  const auto clients = [&] {
    return square.db().read(
        [](store::Read& read) { return read.value<int>("select count(*) from clients"); });
  };
  ASSERT_EQ(clients(), 1);
  square.db().write_blocking(
      [](store::Write& write) { store::photos::erase_files_from(write, "abcdef", write.now()); });
  media::Blobs& blobs = square.app().blobs;
  blobs.write("abcdef.jpg", "of a photo that is gone");
  const Housekeeper housekeeper(square.app());
  const auto end = std::chrono::steady_clock::now() + patience;
  while ((clients() > 0 || blobs.read("abcdef.jpg", 0, 1)) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(clients(), 0);
  EXPECT_FALSE(blobs.read("abcdef.jpg", 0, 1));
}

}  // namespace
}  // namespace hoopoe
