#include "tests/support/disk_model.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace hoopoe::tests {

namespace {

namespace fs = std::filesystem;

std::vector<std::byte> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> chars{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::vector<std::byte> bytes(chars.size());
  std::ranges::transform(chars, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

void write_file(const fs::path& path, const std::vector<std::byte>& bytes) {
  std::vector<char> chars(bytes.size());
  std::ranges::transform(bytes, chars.begin(), [](std::byte b) { return static_cast<char>(b); });
  std::ofstream(path, std::ios::binary).write(chars.data(), static_cast<std::streamsize>(chars.size()));
}

bool coin(std::mt19937_64& random, double chance = 0.5) {
  return std::bernoulli_distribution(chance)(random);
}

}  // namespace

void DiskModel::created(const std::string& path) {
  files_[path] = {.old_sectors = {}, .durable_size = 0, .name_is_durable = false};
}

void DiskModel::keep_old(File& file, std::int64_t begin, std::int64_t end, const ReadOld& read_old) {
  for (std::int64_t sector = begin / sector_bytes_; sector * sector_bytes_ < end; ++sector) {
    const auto [place, added] = file.old_sectors.try_emplace(sector);
    if (added) place->second.bytes = read_old(sector * sector_bytes_, sector_bytes_);
    place->second.given_up = false;
  }
}

void DiskModel::before_write(const std::string& path, std::int64_t offset, std::int64_t size,
                             std::int64_t size_before, const ReadOld& read_old) {
  File& file = files_[path];
  if (!file.durable_size) file.durable_size = size_before;
  keep_old(file, offset, offset + size, read_old);
}

void DiskModel::before_truncate(const std::string& path, std::int64_t size, std::int64_t size_before,
                                const ReadOld& read_old) {
  File& file = files_[path];
  if (!file.durable_size) file.durable_size = size_before;
  keep_old(file, size, size_before, read_old);
}

void DiskModel::synced(const std::string& path, std::int64_t size) {
  File& file = files_[path];
  std::erase_if(file.old_sectors, [](const auto& entry) { return !entry.second.given_up; });
  file.durable_size = size;
  if (file.name_is_durable) return;
  const fs::path directory = fs::path(path).parent_path();
  for (auto& [other, state] : files_) {
    if (fs::path(other).parent_path() == directory) state.name_is_durable = true;
  }
  std::erase_if(removed_,
                [&](const auto& entry) { return fs::path(entry.first).parent_path() == directory; });
}

void DiskModel::sync_failed(const std::string& path, std::mt19937_64& random) {
  for (auto& [sector, old] : files_[path].old_sectors) old.given_up = old.given_up || coin(random);
}

void DiskModel::before_remove(const std::string& path) {
  const auto found = files_.find(path);
  const Image current = read_file(path);
  if (found == files_.end()) {
    removed_[path] = current;
  } else {
    if (found->second.name_is_durable) removed_[path] = durable_image(found->second, current);
    files_.erase(found);
  }
}

DiskModel::Image DiskModel::durable_image(const File& file, const Image& current) const {
  Image image = current;
  image.resize(
      static_cast<std::size_t>(file.durable_size.value_or(static_cast<std::int64_t>(current.size()))));
  for (const auto& [sector, old] : file.old_sectors) {
    const auto begin = static_cast<std::size_t>(sector * sector_bytes_);
    if (begin >= image.size()) continue;
    const std::size_t size = std::min(old.bytes.size(), image.size() - begin);
    std::copy_n(old.bytes.begin(), size, image.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  return image;
}

DiskModel::Image DiskModel::image_after_cut(const File& file, const Image& current,
                                            std::mt19937_64& random) const {
  Image image = durable_image(file, current);
  if (current.size() < image.size() && coin(random)) image.resize(current.size());
  // All, none and some of the sectors are equally worth a try.
  const double chance = std::uniform_int_distribution(0, 4)(random) / 4.0;
  for (const auto& [sector, old] : file.old_sectors) {
    const auto begin = static_cast<std::size_t>(sector * sector_bytes_);
    if (old.given_up || begin >= current.size() || !coin(random, chance)) continue;
    const std::size_t size = std::min(static_cast<std::size_t>(sector_bytes_), current.size() - begin);
    if (image.size() < begin + size) image.resize(begin + size);
    std::copy_n(current.begin() + static_cast<std::ptrdiff_t>(begin), size,
                image.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  return image;
}

void DiskModel::power_cut(const fs::path& directory, const fs::path& copy, std::mt19937_64& random) const {
  fs::create_directories(copy);
  for (const auto& [path, image] : removed_) {
    if (fs::path(path).parent_path() == directory && coin(random))
      write_file(copy / fs::path(path).filename(), image);
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    // Shared memory that happens to have a name; and the lock of a process that is no more.
    if (name.ends_with("-shm") || name == "lock") continue;
    const auto found = files_.find(entry.path().string());
    const Image current = read_file(entry.path());
    if (found == files_.end()) {
      write_file(copy / name, current);
    } else if (found->second.name_is_durable || coin(random)) {
      write_file(copy / name, image_after_cut(found->second, current, random));
    }
  }
}

}  // namespace hoopoe::tests
