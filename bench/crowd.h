#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "store/database.h"

// The people that measurements are made with, and what they say: the same in every run.
namespace hoopoe::bench {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}

  double unit();  // in [0, 1)
  int below(int count);
  // Small numbers far more often than large ones: some few people are followed, named and read by many.
  int skewed(int count);
  // The same, less so: who is followed by few writes, too.
  int leaning(int count);

 private:
  std::uint64_t state_;
};

// The person of a number, from 0, and the token that acts as them.
std::string handle_of(int person);
std::string token_of(int person);

// How likely a post names somebody, carries a tag (two, then), shows a link.
struct Mix {
  double mention = 0.35;
  double tags = 0.45;
  double link = 0.1;
};
// What is published while it is measured: each names one person and two tags.
inline constexpr Mix published_mix{.mention = 1, .tags = 1, .link = 0};

// At most 140 characters.
std::string say(Dice& dice, int people, const Mix& mix);

struct Member {
  PersonId person;
  AccountId account;
};

// Everyone of a store, in the order of their numbers.
std::vector<Member> members(store::Database& db);

// A post with all that app/publish would find in its text.
struct Prepared {
  Member author;
  std::string text;
  std::vector<AccountId> mentions;
  std::vector<std::string> tags;
  PostId reply_to;
  AccountId reply_to_author;
};
Prepared prepare(Dice& dice, const std::vector<Member>& people, const Mix& mix);

// The rows that publishing writes: post, revision, mentions, exchanges, tags, counts, notifications, outbox.
PostId write_post(store::Write& write, const Prepared& post);

struct CrowdSize {
  int people = 2'000;
  int posts = 50'000;
  int follows = 40'000;
  int favourites = 20'000;
};

// People whose homes are read, by how many they follow: those numbered from `first` on. In a small crowd
// there are as many as there are people.
struct Readers {
  int first = 0;
  int count = 0;
  int follows = 0;
};
inline constexpr Readers usual_readers{.first = 1, .count = 1'000, .follows = 200};
inline constexpr Readers light_readers{.first = 1'001, .count = 50, .follows = 50};
inline constexpr Readers heavy_readers{.first = 1'051, .count = 50, .follows = 1'000};
// Person 0 is followed by the first of the others, so many at most: a star, whom live readers are known to
// hear.
inline constexpr int star_followers_max = 43'000;

// Fills an empty store, through its own functions but for the follows, which are too many.
void fill(store::Database& db, const CrowdSize& size);

}  // namespace hoopoe::bench
