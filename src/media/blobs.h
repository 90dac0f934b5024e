#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace hoopoe::media {

// How a file may be called: small letters, digits and hyphens, the first two of them no hyphens, and perhaps
// one dot with more of them behind it; so never a path, never hidden, and the same on every file system.
constexpr std::size_t blob_name_length_max = 100;
bool is_blob_name(std::string_view name);

// Files in a folder, that are never lost once they are written: FOLDER/ab/abcd.jpg, as git does it, so that
// no folder has too many. One object at a time over a folder; from any thread.
class Blobs {
 public:
  // What its disk keeps free for others, who may have nowhere else to write: at 400 bytes a post, the words
  // of a million.
  static constexpr std::uintmax_t bytes_kept_free = std::uintmax_t{512} << 20;

  // Nothing is read or made until the first write. Requires, then: the folder that this one lies in is there.
  explicit Blobs(const std::filesystem::path& folder, std::uintmax_t kept_free = bytes_kept_free);

  // Whether there is room for more, and for the others.
  bool has_room() const;

  // On the disk when it returns: the whole, under its name, in place of what had the name before. To a reader
  // it is there whole or not at all, also after a power cut in the midst. Requires: is_blob_name. Throws
  // std::system_error where it cannot, and leaves nothing behind; but where only the very last step failed,
  // the sync of the folder, the whole file may be there, and may be gone after a power cut.
  void write(std::string_view name, std::string_view bytes);

  // Of the file so many bytes from the offset on, or fewer where it ends. None if there is none, which so is
  // for every name that is no blob name: it may come from a stranger's address. Throws std::system_error
  // where the disk fails.
  std::optional<std::string> read(std::string_view name, std::size_t offset, std::size_t bytes_max) const;

  // Gone for good when it returns, or never there. Throws std::system_error where it cannot.
  void erase(std::string_view name);

 private:
  void make_ready();
  void make_shelf(const std::filesystem::path& shelf);
  std::filesystem::path shelf_of(std::string_view name) const;
  std::filesystem::path path_of(std::string_view name) const;
  std::filesystem::path new_file();

  std::filesystem::path folder_;
  std::uintmax_t kept_free_;
  std::mutex mutex_;
  // Guarded by mutex_: whether the folder is ready, which of the folders in it are known to be on the disk,
  // and how many files were begun.
  bool ready_ = false;
  std::set<std::filesystem::path> shelves_;
  std::size_t begun_ = 0;
};

}  // namespace hoopoe::media
