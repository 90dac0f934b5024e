#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace hoopoe::tests {

enum class Fault { disk_full, io_error };

// What a disk promises, and no more: bytes that were written are there after a power cut only if they were
// synced since; of the rest, any sectors may be there and any not. It keeps what the real files would lose.
// Not for several threads.
class DiskModel {
 public:
  explicit DiskModel(std::int64_t sector_bytes) : sector_bytes_(sector_bytes) {}

  using ReadOld = std::function<std::vector<std::byte>(std::int64_t offset, std::int64_t size)>;

  // The file is there for certain only once it has been synced: SQLite syncs its directory then, and with it
  // every name that came or went there.
  void created(const std::string& path);
  // Requires: the file is about to be changed there, and read_old reads what it still holds.
  void before_write(const std::string& path, std::int64_t offset, std::int64_t size, std::int64_t size_before,
                    const ReadOld& read_old);
  void before_truncate(const std::string& path, std::int64_t size, std::int64_t size_before,
                       const ReadOld& read_old);
  void synced(const std::string& path, std::int64_t size);
  // As Linux does it: the sectors that could not be written count as clean from then on, and a later sync
  // says that all is well.
  void sync_failed(const std::string& path, std::mt19937_64& random);
  // The name may come back after a power cut.
  void before_remove(const std::string& path);

  // Writes into `copy` what could be left of the files of a directory if the power went now.
  void power_cut(const std::filesystem::path& directory, const std::filesystem::path& copy,
                 std::mt19937_64& random) const;

 private:
  struct OldSector {
    std::vector<std::byte> bytes;
    bool given_up = false;
  };
  struct File {
    // What the disk certainly has of each sector that was written since the last sync.
    std::map<std::int64_t, OldSector> old_sectors;
    std::optional<std::int64_t> durable_size;
    bool name_is_durable = true;
  };
  using Image = std::vector<std::byte>;

  void keep_old(File& file, std::int64_t begin, std::int64_t end, const ReadOld& read_old);
  Image durable_image(const File& file, const Image& current) const;
  Image image_after_cut(const File& file, const Image& current, std::mt19937_64& random) const;

  const std::int64_t sector_bytes_;
  std::map<std::string, File> files_;
  std::map<std::string, Image> removed_;
};

}  // namespace hoopoe::tests
