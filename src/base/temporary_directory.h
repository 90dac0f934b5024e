#pragma once

#include <filesystem>

namespace hoopoe {

// A new directory, its maker's alone (mode 0700). It goes away, with all that is in it, with the object.
class TemporaryDirectory {
 public:
  // In `parent`; throws std::system_error where none can be made there.
  explicit TemporaryDirectory(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace hoopoe
