#include "base/temporary_directory.h"

#include <fstream>
#include <system_error>

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryDirectory, is_its_makers_alone_and_goes_away_with_all_in_it) {
  fs::path path;
  {
    const TemporaryDirectory parent;
    const TemporaryDirectory directory(parent.path());
    path = directory.path();
    EXPECT_EQ(path.parent_path(), parent.path());
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    std::ofstream(path / "file") << "words";
    EXPECT_TRUE(fs::is_regular_file(path / "file"));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectory, throws_where_none_can_be_made) {
  const TemporaryDirectory parent;
  EXPECT_THROW(TemporaryDirectory(parent.path() / "missing"), std::system_error);
}

}  // namespace
}  // namespace hoopoe
