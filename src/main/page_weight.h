#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace hoopoe {

// What somebody on a slow line waits for: one answer, compressed, with its head.
struct PageWeight {
  std::string path;
  int status = 0;
  std::size_t bytes = 0;
  std::size_t bytes_max = 0;
  int requests = 0;  // until all of it is there, without images
  int requests_max = 0;

  bool is_within() const { return status == 200 && bytes <= bytes_max && requests <= requests_max; }
};

// Every public route, over a square of its own that is full: lists of their full length, a conversation of 40
// replies, words in two scripts that compress no better than people's. Then all scripts and all styles.
std::vector<PageWeight> weigh_pages();

// `hoopoe page-weight`: prints them, and returns the exit code: 1 when one is over its budget.
int run_page_weight(std::ostream& out);

}  // namespace hoopoe
