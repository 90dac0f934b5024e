#include "media/blobs.h"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <system_error>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/ensure.h"
#include "base/temporary_directory.h"

namespace hoopoe::media {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

// What was asked of the disk in this order, of all of this program; noted while somebody wants to know.
struct Disk {
  bool noting = false;
  std::vector<std::string> asked;
  // Of the asked, the one (from 1) that fails.
  std::size_t failing = 0;

  bool note(const std::string& words) {
    if (!noting) return true;
    asked.push_back(words);
    if (asked.size() != failing) return true;
    errno = EIO;
    return false;
  }
};
Disk disk;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::string> read(const Blobs& blobs, std::string_view name) {
  return blobs.read(name, 0, 10'000);
}

// With no more of a path than its last two parts.
std::string short_name(const fs::path& path) {
  return (path.parent_path().filename() / path.filename()).string();
}

}  // namespace
}  // namespace hoopoe::media

// In place of the C library's own, which these go on to.
extern "C" int fsync(int file) {
  using namespace hoopoe::media;
  const fs::path path = fs::read_symlink("/proc/self/fd/" + std::to_string(file));
  const std::string words = fs::is_directory(path) ? "folder " + path.filename().string()
                                                   : "file " + short_name(path) + " with " + content(path);
  return disk.note("sync " + words) ? static_cast<int>(syscall(SYS_fsync, file)) : -1;
}

extern "C" int rename(const char* from, const char* to) noexcept {
  using namespace hoopoe::media;
  return disk.note("rename " + short_name(from) + " to " + short_name(to))
             ? static_cast<int>(syscall(SYS_rename, from, to))
             : -1;
}

extern "C" int mkdir(const char* path, mode_t mode) noexcept {
  using namespace hoopoe::media;
  return disk.note("make " + fs::path(path).filename().string())
             ? static_cast<int>(syscall(SYS_mkdir, path, mode))
             : -1;
}

namespace hoopoe::media {
namespace {

class BlobsTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directory(temporary_.path() / "data"); }
  void TearDown() override { disk = {}; }

  // What a write asks of the disk; if it is told that one of them (from 1) fails, it must throw.
  std::vector<std::string> asked_by_write(std::string_view name, std::string_view bytes,
                                          std::size_t failing = 0) {
    disk = {.noting = true, .failing = failing};
    if (failing == 0) {
      blobs_.write(name, bytes);
    } else {
      EXPECT_THROW(blobs_.write(name, bytes), std::system_error);
    }
    return std::exchange(disk, {}).asked;
  }

  std::vector<std::string> files() const {
    std::vector<std::string> found;
    if (!fs::exists(folder_)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (!entry.is_directory()) found.push_back(fs::relative(entry.path(), folder_).string());
    }
    std::ranges::sort(found);
    return found;
  }

  TemporaryDirectory temporary_;
  fs::path folder_ = temporary_.path() / "data" / "media";
  Blobs blobs_{folder_};
};

TEST_F(BlobsTest, what_was_written_is_read) {
  const std::string bytes("\0\xff\n", 3);
  blobs_.write("ab12.jpg", bytes);
  EXPECT_EQ(read(blobs_, "ab12.jpg"), bytes);
  blobs_.write("ab12.jpg", "other");
  EXPECT_EQ(read(blobs_, "ab12.jpg"), "other");
  blobs_.write("zz", "");
  EXPECT_EQ(read(blobs_, "zz"), "");
  EXPECT_THAT(files(), ElementsAre("ab/ab12.jpg", "zz/zz"));
  EXPECT_EQ(read(Blobs(folder_), "ab12.jpg"), "other");
}

TEST_F(BlobsTest, a_file_that_is_not_there_is_none) {
  EXPECT_EQ(read(blobs_, "ab12.jpg"), std::nullopt);
  blobs_.erase("ab12.jpg");
  EXPECT_FALSE(fs::exists(folder_)) << "nothing is made before the first write";
  blobs_.write("ab12.jpg", "x");
  EXPECT_EQ(read(blobs_, "ab12.webp"), std::nullopt);
  blobs_.erase("ab12.webp");
  blobs_.erase("ab12.jpg");
  blobs_.erase("ab12.jpg");
  EXPECT_EQ(read(blobs_, "ab12.jpg"), std::nullopt);
  EXPECT_THAT(files(), testing::IsEmpty());
}

TEST_F(BlobsTest, nobody_else_may_look_into_the_folder) {
  blobs_.write("ab12.jpg", "x");
  for (const fs::path& path : {folder_, folder_ / "ab"}) {
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all) << path;
  }
}

TEST_F(BlobsTest, a_name_is_never_a_path) {
  blobs_.write("ab12.jpg", "x");
  std::ofstream(folder_ / "ab" / ".hidden") << "x";
  std::ofstream(temporary_.path() / "data" / "secret") << "x";
  for (const std::string& name : {std::string(),
                                  std::string("a"),
                                  std::string("."),
                                  std::string(".."),
                                  std::string("../secret"),
                                  std::string("..secret"),
                                  std::string("ab/ab12.jpg"),
                                  std::string("ab12.jpg/"),
                                  std::string("/etc/passwd"),
                                  std::string("a/"),
                                  std::string("AB12.jpg"),
                                  std::string("ab12..jpg"),
                                  std::string("ab12.jpg."),
                                  std::string("ab12.j.g"),
                                  std::string("--"),
                                  std::string("a-b"),
                                  std::string(".hidden"),
                                  std::string("ab12.jpg\0", 9),
                                  std::string("ab\n"),
                                  std::string("ab 1"),
                                  std::string("abä"),
                                  std::string("a.jpg"),
                                  std::string(blob_name_length_max + 1, 'a')}) {
    EXPECT_EQ(read(blobs_, name), std::nullopt) << name;
    EXPECT_THROW(blobs_.write(name, "x"), Bug) << name;
    blobs_.erase(name);
  }
  EXPECT_THAT(files(), ElementsAre("ab/.hidden", "ab/ab12.jpg"));
  EXPECT_TRUE(is_blob_name(std::string(blob_name_length_max, 'a')));
  EXPECT_TRUE(is_blob_name("0z-large.webp"));
}

TEST_F(BlobsTest, a_file_is_on_the_disk_whole_before_it_has_its_name_and_its_name_before_it_is_acknowledged) {
  EXPECT_THAT(asked_by_write("ab12.jpg", "the whole"),
              ElementsAre("make media", "sync folder data", "make new", "sync folder media",
                          "sync file new/1 with the whole", "make ab", "sync folder media",
                          "rename new/1 to ab/ab12.jpg", "sync folder ab"));
  EXPECT_THAT(asked_by_write("ab34.jpg", "another"),
              ElementsAre("sync file new/2 with another", "rename new/2 to ab/ab34.jpg", "sync folder ab"));
}

TEST_F(BlobsTest, a_folder_of_an_earlier_run_may_not_have_come_to_the_disk) {
  Blobs(folder_).write("ab12.jpg", "x");
  EXPECT_THAT(
      asked_by_write("ab34.jpg", "y"),
      ElementsAre("make media", "sync folder data", "make new", "sync folder media", "sync file new/1 with y",
                  "make ab", "sync folder media", "rename new/1 to ab/ab34.jpg", "sync folder ab"));
}

TEST_F(BlobsTest, a_folder_may_be_said_with_a_slash_and_from_here) {
  Blobs from_here(fs::relative(folder_) / "");
  disk.noting = true;
  from_here.write("ab12.jpg", "x");
  EXPECT_EQ(disk.asked.at(1), "sync folder data");
  EXPECT_EQ(read(blobs_, "ab12.jpg"), "x");
}

TEST_F(BlobsTest, what_is_erased_does_not_come_back) {
  blobs_.write("ab12.jpg", "x");
  disk.noting = true;
  blobs_.erase("ab12.jpg");
  EXPECT_THAT(disk.asked, ElementsAre("sync folder ab"));
}

TEST_F(BlobsTest, a_step_that_fails_is_not_acknowledged) {
  const std::size_t steps = 9;
  for (std::size_t failing = 1; failing < steps; ++failing) {
    EXPECT_EQ(asked_by_write("ab12.jpg", "x", failing).size(), failing);
    EXPECT_THAT(files(), testing::IsEmpty()) << failing;
    EXPECT_EQ(read(blobs_, "ab12.jpg"), std::nullopt);
    fs::remove_all(folder_);
    std::destroy_at(&blobs_);
    std::construct_at(&blobs_, folder_);
  }
  // The last one: it has its name already.
  EXPECT_EQ(asked_by_write("ab12.jpg", "x", steps).size(), steps);
  blobs_.write("ab12.jpg", "again");
  EXPECT_EQ(read(blobs_, "ab12.jpg"), "again");
}

TEST_F(BlobsTest, a_full_disk_is_said_and_leaves_nothing) {
  blobs_.write("ab12.jpg", "old");
  // The nearest thing that a test may have: no file may be longer than this, and the first part of it fits.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{.rlim_cur = 1000, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  int error = 0;
  try {
    blobs_.write("ab12.jpg", std::string(1500, 'x'));
  } catch (const std::system_error& failed) {
    error = failed.code().value();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error, EFBIG);
  EXPECT_EQ(read(blobs_, "ab12.jpg"), "old");
  EXPECT_THAT(files(), ElementsAre("ab/ab12.jpg"));
}

TEST_F(BlobsTest, what_a_crash_left_unfinished_goes_with_the_next_write) {
  blobs_.write("ab12.jpg", "x");
  std::ofstream(folder_ / "new" / "1") << "half of some";
  std::ofstream(folder_ / "new" / "7") << "half of some";
  Blobs after(folder_);
  EXPECT_EQ(read(after, "ab12.jpg"), "x");
  after.write("cd34.jpg", "y");
  EXPECT_THAT(files(), ElementsAre("ab/ab12.jpg", "cd/cd34.jpg"));
}

TEST_F(BlobsTest, a_folder_that_lies_nowhere_is_said) {
  Blobs nowhere(folder_ / "not" / "there");
  EXPECT_THROW(nowhere.write("ab12.jpg", "x"), std::system_error);
  std::ofstream(folder_.string()) << "a file";
  EXPECT_THROW(blobs_.write("ab12.jpg", "x"), std::system_error);
  EXPECT_THROW(read(blobs_, "ab12.jpg"), std::system_error);
}

TEST_F(BlobsTest, a_file_is_read_in_parts) {
  blobs_.write("ab12.jpg", "a long file");
  EXPECT_EQ(blobs_.read("ab12.jpg", 0, 6), "a long");
  EXPECT_EQ(blobs_.read("ab12.jpg", 6, 100), " file");
  EXPECT_EQ(blobs_.read("ab12.jpg", 11, 100), "");
  blobs_.erase("ab12.jpg");
  EXPECT_EQ(blobs_.read("ab12.jpg", 6, 100), std::nullopt);
}

TEST_F(BlobsTest, some_of_the_disk_is_left_to_others) {
  const std::uintmax_t available = fs::space(folder_.parent_path()).available;
  EXPECT_TRUE(Blobs(folder_, 0).has_room());
  EXPECT_FALSE(Blobs(folder_, available * 2).has_room());
}

TEST_F(BlobsTest, many_threads_write_at_once) {
  std::vector<std::thread> threads;
  for (char letter = 'a'; letter < 'e'; ++letter) {
    threads.emplace_back([this, letter] {
      for (int i = 10; i < 30; ++i) {
        blobs_.write(std::to_string(i) + letter, std::string(100, letter));
        blobs_.write("same", std::string(5000, letter));
        EXPECT_EQ(read(blobs_, "same")->size(), 5000U);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(files().size(), 81U);
  EXPECT_EQ(read(blobs_, "17c"), std::string(100, 'c'));
}

}  // namespace
}  // namespace hoopoe::media
