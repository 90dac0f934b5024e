#pragma once

#include <unistd.h>

namespace hoopoe {

// Closes a file descriptor at the end of its life.
class Descriptor {
 public:
  // What open() gave, also where that failed: then it is negative, and errno says why.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace hoopoe
