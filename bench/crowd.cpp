#include "crowd.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "crypto/hash.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/notifications.h"
#include "store/oauth.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/posts.h"
#include "text/entities.h"
#include "text/tags.h"

namespace hoopoe::bench {

namespace {

constexpr int rows_per_write = 1'000;
constexpr double reply_share = 0.2;
constexpr double repost_share = 0.05;

constexpr std::array words{"square", "morning", "the",    "bread",  "is",    "again",  "train", "we",
                           "rain",   "market",  "and",    "lights", "saw",   "nobody", "vote",  "over",
                           "میدان",  "امروز",   "باران",  "سلام",   "کتاب",  "شهر",    "from",  "window",
                           "street", "later",   "listen", "photo",  "maybe", "today",  "quiet", "people"};
constexpr std::array topics{"news", "rain", "bread", "election", "میدان", "football", "books", "trains"};
constexpr int topics_seldom = 5'000;

std::string topic(Dice& dice) {
  if (dice.unit() < 0.5) return topics[static_cast<std::size_t>(dice.skewed(topics.size()))];
  return fmt::format("topic{}", dice.skewed(topics_seldom));
}

// Runs function(write, number) for each number below the count, many in one write.
template <class Function>
void in_batches(store::Database& db, int count, const Function& function) {
  for (int first = 0; first < count; first += rows_per_write) {
    db.write_blocking([&](store::Write& write) {
      for (int number = first; number < std::min(count, first + rows_per_write); ++number) {
        function(write, number);
      }
    });
  }
}

Member add_member(store::Write& write, int number, ClientId client) {
  Member made;
  made.account = store::accounts::insert(write, handle_of(number), fmt::format("Reader {}", number));
  made.person = store::people::insert(write, {.id = {},
                                              .email = handle_of(number) + "@example.org",
                                              .password_hash = "none",
                                              .role = Role::person,
                                              .created = write.now(),
                                              .approved = write.now(),
                                              .reason = ""});
  store::people::add_member(write, made.person, made.account, "owner");
  store::oauth::insert_token(write,
                             {.id = {},
                              .client = client,
                              .person = made.person,
                              .account = made.account,
                              .scopes = *Scopes::parse("read write"),
                              .created = write.now()},
                             crypto::sha256(token_of(number)));
  return made;
}

std::vector<Member> fill_people(store::Database& db, int count) {
  const ClientId client = db.write_blocking([](store::Write& write) {
    return store::oauth::insert_client(write, {.id = {},
                                               .name = "Load",
                                               .website = "",
                                               .redirect_uris = {"urn:ietf:wg:oauth:2.0:oob"},
                                               .scopes = *Scopes::parse("read write"),
                                               .key = "load",
                                               .secret_hash = {},
                                               .created = write.now()});
  });
  std::vector<Member> people;
  in_batches(db, count,
             [&](store::Write& write, int number) { people.push_back(add_member(write, number, client)); });
  return people;
}

// Whom each person follows: the star first, then what a reader needs, then by chance what is left of the
// count.
std::vector<std::pair<int, int>> choose_follows(Dice& dice, int people, int count) {
  std::vector<std::pair<int, int>> follows;
  for (int person = 1; person <= std::min(people - 1, star_followers_max); ++person) {
    follows.emplace_back(person, 0);
  }
  for (const Readers& readers : {usual_readers, light_readers, heavy_readers}) {
    for (int person = readers.first; person < std::min(people, readers.first + readers.count); ++person) {
      for (int i = 1; i < readers.follows; ++i) follows.emplace_back(person, 1 + dice.skewed(people - 1));
    }
  }
  while (std::cmp_less(follows.size(), count)) {
    follows.emplace_back(dice.below(people), 1 + dice.skewed(people - 1));
  }
  std::ranges::sort(follows);
  const auto twice = std::ranges::unique(follows);
  follows.erase(twice.begin(), twice.end());
  std::erase_if(follows, [](const auto& follow) { return follow.first == follow.second; });
  return follows;
}

// The rows that store::follows::insert would make one by one, and their counts at the end, together: else
// this takes longer than all the rest.
void fill_follows(store::Database& db, Dice& dice, const std::vector<Member>& people, int count) {
  const auto follows = choose_follows(dice, static_cast<int>(people.size()), count);
  in_batches(db, static_cast<int>(follows.size()), [&](store::Write& write, int number) {
    const auto [follower, target] = follows[static_cast<std::size_t>(number)];
    write.execute(
        "insert into follows (follower_id, target_id, id, reposts_shown, notifying) "
        "values ($1, $2, $3, true, false)",
        people[static_cast<std::size_t>(follower)].account, people[static_cast<std::size_t>(target)].account,
        write.next_id<FollowId>());
  });
  in_batches(db, static_cast<int>(people.size()), [&](store::Write& write, int number) {
    write.execute(
        "update account_counts set following = (select count(*) from follows where follower_id = $1), "
        "followers = (select count(*) from follows where target_id = $1) where account_id = $1",
        people[static_cast<std::size_t>(number)].account);
  });
}

void write_repost(store::Write& write, const Member& author, PostId original) {
  if (store::posts::find_repost(write, author.account, original)) return;
  store::posts::insert(write, {.post = {.author = author.account, .repost_of = original},
                               .person = author.person,
                               .mentions = {},
                               .tags = {}});
  store::posts::add_to_count(write, original, store::posts::Count::reposts, 1);
}

struct Written {
  PostId id;
  AccountId author;
};

std::vector<Written> fill_posts(store::Database& db, Dice& dice, const std::vector<Member>& people,
                                int count) {
  std::vector<Written> written;
  const auto recent = [&] {
    return written[written.size() - 1 -
                   static_cast<std::size_t>(dice.skewed(static_cast<int>(written.size())))];
  };
  in_batches(db, count, [&](store::Write& write, int) {
    Prepared post = prepare(dice, people, {});
    const double chance = dice.unit();
    if (!written.empty() && chance < repost_share) return write_repost(write, post.author, recent().id);
    if (!written.empty() && chance < repost_share + reply_share) {
      const Written above = recent();
      post.reply_to = above.id;
      post.reply_to_author = above.author;
    }
    written.push_back({.id = write_post(write, post), .author = post.author.account});
  });
  return written;
}

void fill_favourites(store::Database& db, Dice& dice, const std::vector<Member>& people,
                     const std::vector<Written>& posts, int count) {
  in_batches(db, count, [&](store::Write& write, int) {
    const Member& member = people[static_cast<std::size_t>(dice.below(static_cast<int>(people.size())))];
    const PostId post =
        posts[posts.size() - 1 - static_cast<std::size_t>(dice.skewed(static_cast<int>(posts.size())))].id;
    store::favourites::insert(write, member.account, post);
  });
}

}  // namespace

double Dice::unit() {
  // xorshift64 (Marsaglia 2003)
  state_ ^= state_ << 13U;
  state_ ^= state_ >> 7U;
  state_ ^= state_ << 17U;
  return static_cast<double>(state_ >> 11U) * 0x1p-53;
}

int Dice::below(int count) { return static_cast<int>(unit() * count); }

int Dice::skewed(int count) { return static_cast<int>(std::pow(unit(), 2.5) * count); }

int Dice::leaning(int count) { return static_cast<int>(std::pow(unit(), 1.4) * count); }

std::string handle_of(int person) { return fmt::format("reader{}", person); }
std::string token_of(int person) { return fmt::format("token-of-reader-{}", person); }

std::string say(Dice& dice, int people, const Mix& mix) {
  std::string text;
  if (dice.unit() < mix.mention) text += "@" + handle_of(dice.skewed(people)) + " ";
  const int length = 5 + dice.below(8);
  for (int i = 0; i < length; ++i) {
    text.append(words[static_cast<std::size_t>(dice.below(words.size()))]).append(" ");
  }
  if (dice.unit() < mix.link) text += "https://example.org/a/" + std::to_string(dice.below(1'000'000)) + " ";
  if (dice.unit() < mix.tags) text += "#" + topic(dice) + " #" + topic(dice) + " ";
  text.pop_back();
  return text;
}

std::vector<Member> members(store::Database& db) {
  constexpr int everyone = 10'000'000;
  return db.read([](store::Read& read) {
    std::vector<Member> found;
    for (const Account& account : store::accounts::list(read, {}, everyone)) {
      found.push_back({.person = store::people::find_owner(read, account.id)->id, .account = account.id});
    }
    return found;
  });
}

Prepared prepare(Dice& dice, const std::vector<Member>& people, const Mix& mix) {
  const int count = static_cast<int>(people.size());
  Prepared post{.author = people[static_cast<std::size_t>(dice.leaning(count))],
                .text = say(dice, count, mix),
                .mentions = {},
                .tags = {},
                .reply_to = {},
                .reply_to_author = {}};
  for (const text::Entity& entity : text::find_entities(post.text)) {
    if (entity.kind != text::EntityKind::mention) continue;
    const int person = std::stoi(entity.name.substr(handle_of(0).size() - 1));
    post.mentions.push_back(people[static_cast<std::size_t>(person)].account);
  }
  post.tags = text::folded_tags(post.text);
  return post;
}

PostId write_post(store::Write& write, const Prepared& prepared) {
  const Post post = store::posts::insert(write, {.post = {.author = prepared.author.account,
                                                          .reply_to = prepared.reply_to,
                                                          .reply_to_author = prepared.reply_to_author,
                                                          .language = "en",
                                                          .text = prepared.text},
                                                 .person = prepared.author.person,
                                                 .mentions = prepared.mentions,
                                                 .tags = prepared.tags});
  store::accounts::add_post(write, post.author, post.created);
  store::outbox::append(write, EventKind::published, post.author, post.id);
  for (const AccountId account : prepared.mentions) {
    store::notifications::tell(write, account, NotificationKind::mention, post.author, post.id);
  }
  return post.id;
}

void fill(store::Database& db, const CrowdSize& size) {
  Dice dice(1);
  const std::vector<Member> people = fill_people(db, size.people);
  fill_follows(db, dice, people, size.follows);
  const std::vector<Written> posts = fill_posts(db, dice, people, size.posts);
  fill_favourites(db, dice, people, posts, size.favourites);
}

}  // namespace hoopoe::bench
