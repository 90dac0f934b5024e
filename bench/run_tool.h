#pragma once

#include <cstddef>
#include <exception>
#include <iostream>
#include <span>
#include <string_view>

namespace hoopoe::bench {

// The main() of a program that bench/measure.py runs: what goes wrong is said in one line, and ends it
// with 1.
inline int run_tool(std::string_view name, int argc, char** argv, int (*run)(std::span<char*>)) {
  try {
    return run({argv, static_cast<std::size_t>(argc)});
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << "\n";
    return 1;
  }
}

}  // namespace hoopoe::bench
