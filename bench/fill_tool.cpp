// Fills a store for measurements.
//   fill_tool DATA [PEOPLE [POSTS [FOLLOWS]]]
#include <cstdlib>
#include <iostream>

#include "crowd.h"
#include "store/schema.h"

int main(int argc, char** argv) {
  using namespace hoopoe;
  if (argc < 2) {
    std::cerr << "usage: fill_tool DATA [PEOPLE [POSTS [FOLLOWS]]]\n";
    return 2;
  }
  bench::CrowdSize size;
  if (argc > 2) size.people = std::atoi(argv[2]);
  if (argc > 3) size.posts = std::atoi(argv[3]);
  if (argc > 4) size.follows = std::atoi(argv[4]);
  size.favourites = size.posts * 2 / 5;
  store::Database db(
      {.directory = argv[1], .migrations = store::schema(), .durability = store::sql::Durability::normal});
  bench::fill(db, size);
  return 0;
}
