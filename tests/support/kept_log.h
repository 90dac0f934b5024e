#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"

namespace hoopoe::tests {

// Everything that is logged while it lives, in a file.
class KeptLog {
 public:
  explicit KeptLog(const std::filesystem::path& file) : file_(file), stderr_(dup(STDERR_FILENO)) {
    const int kept = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(kept, STDERR_FILENO);
    close(kept);
    log::set_level(log::Level::debug);
  }
  ~KeptLog() {
    log::set_level(log::Level::info);
    dup2(stderr_, STDERR_FILENO);
    close(stderr_);
  }
  KeptLog(const KeptLog&) = delete;
  KeptLog& operator=(const KeptLog&) = delete;

  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(file_).rdbuf();
    return text.str();
  }

 private:
  std::filesystem::path file_;
  int stderr_;
};

}  // namespace hoopoe::tests
