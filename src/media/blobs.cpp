#include "media/blobs.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/ensure.h"

namespace hoopoe::media {

namespace {

namespace fs = std::filesystem;

// Where a file is until it is whole. Of three letters: no name's first two.
constexpr const char* incoming = "new";
constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;

[[noreturn]] void fail(const char* what, const fs::path& path) {
  throw std::system_error(errno, std::system_category(), std::string("cannot ") + what + " " + path.string());
}

int open_file(const fs::path& path, int flags) { return ::open(path.c_str(), flags | O_CLOEXEC, file_mode); }

void sync(const Descriptor& opened, const fs::path& path) {
  if (opened.number() < 0 || fsync(opened.number()) != 0) fail("sync", path);
}

void sync_folder(const fs::path& folder) {
  sync(Descriptor(open_file(folder, O_RDONLY | O_DIRECTORY)), folder);
}

// On the disk even if it was there: who made it may not have come to say so.
void make_folder(const fs::path& folder) {
  if (mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST) fail("make", folder);
  sync_folder(folder.parent_path());
}

void write_whole(const fs::path& path, std::string_view bytes) {
  const Descriptor file(open_file(path, O_WRONLY | O_CREAT | O_EXCL));
  if (file.number() < 0) fail("make", path);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  sync(file, path);
}

bool is_letter_or_digit(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

// Erases a file that was not finished.
class Unfinished {
 public:
  explicit Unfinished(fs::path path) : path_(std::move(path)) {}
  ~Unfinished() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const fs::path& path() const { return path_; }
  void is_finished() { path_.clear(); }

 private:
  fs::path path_;
};

}  // namespace

bool is_blob_name(std::string_view name) {
  if (name.size() < 2 || name.size() > blob_name_length_max) return false;
  const auto is_allowed = [](char character) { return is_letter_or_digit(character) || character == '-'; };
  const std::string_view stem = name.substr(0, name.find('.'));
  const std::string_view extension = name.substr(std::min(stem.size() + 1, name.size()));
  return stem.size() >= 2 && is_letter_or_digit(stem[0]) && is_letter_or_digit(stem[1]) &&
         std::ranges::all_of(stem, is_allowed) && std::ranges::all_of(extension, is_allowed) &&
         !name.ends_with('.');
}

// Absolute and without a slash at its end, so that the folder that it lies in can be told.
Blobs::Blobs(const fs::path& folder, std::uintmax_t kept_free)
    : folder_(fs::absolute(folder / "").lexically_normal().parent_path()), kept_free_(kept_free) {}

void Blobs::write(std::string_view name, std::string_view bytes) {
  ensure(is_blob_name(name), "a blob has a blob's name");
  const fs::path shelf = shelf_of(name);
  Unfinished file(new_file());
  write_whole(file.path(), bytes);
  make_shelf(shelf);
  if (rename(file.path().c_str(), path_of(name).c_str()) != 0) fail("rename", file.path());
  file.is_finished();
  sync_folder(shelf);
}

bool Blobs::has_room() const { return fs::space(folder_.parent_path()).available > kept_free_; }

std::optional<std::string> Blobs::read(std::string_view name, std::size_t offset,
                                       std::size_t bytes_max) const {
  if (!is_blob_name(name)) return std::nullopt;
  const fs::path path = path_of(name);
  const Descriptor file(open_file(path, O_RDONLY));
  if (file.number() < 0 && errno == ENOENT) return std::nullopt;
  if (file.number() < 0) fail("read", path);
  std::string bytes(bytes_max, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got =
        pread(file.number(), bytes.data() + size, bytes.size() - size, static_cast<off_t>(offset + size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

void Blobs::erase(std::string_view name) {
  if (!is_blob_name(name)) return;
  const fs::path path = path_of(name);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) fail("erase", path);
  // Also where it was not there: whoever erased it may not have come to see that on the disk.
  if (fs::exists(shelf_of(name))) sync_folder(shelf_of(name));
}

// Files that were not finished when the program or the machine stopped are erased: nobody was told of them.
void Blobs::make_ready() {
  if (ready_) return;
  make_folder(folder_);
  fs::remove_all(folder_ / incoming);
  make_folder(folder_ / incoming);
  ready_ = true;
}

fs::path Blobs::new_file() {
  const std::scoped_lock lock(mutex_);
  make_ready();
  return folder_ / incoming / std::to_string(++begun_);
}

// Whoever finds it made by another thread waits until it is on the disk.
void Blobs::make_shelf(const fs::path& shelf) {
  const std::scoped_lock lock(mutex_);
  if (shelves_.contains(shelf)) return;
  make_folder(shelf);
  shelves_.insert(shelf);
}

fs::path Blobs::shelf_of(std::string_view name) const { return folder_ / name.substr(0, 2); }

fs::path Blobs::path_of(std::string_view name) const { return shelf_of(name) / name; }

}  // namespace hoopoe::media
