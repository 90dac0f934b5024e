#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace hoopoe {

// What somebody on a slow line waits for: one answer, compressed, with its head.
struct PageWeight {
  std::string path;
  std::string pattern;  // of its route, as in web/routes.cpp; "" for a sum
  int status = 0;
  std::size_t bytes = 0;
  std::size_t bytes_max = 0;
  int requests = 0;  // until all of it is there, without images
  int requests_max = 0;

  bool is_within() const { return status == 200 && bytes <= bytes_max && requests <= requests_max; }
};

// Every page, feed and file that anyone may get (streams, ways to elsewhere and the API left out), over a
// square of its own: lists as long as they get, a conversation of 40 replies, words in two scripts that
// compress no better than people's. Then all scripts and all styles.
std::vector<PageWeight> weigh_pages();

// `hoopoe page-weight`: prints them, and returns the exit code: 1 when one is over its budget.
int run_page_weight(std::ostream& out);

}  // namespace hoopoe
