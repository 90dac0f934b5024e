#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"
#include "domain/post.h"

// What operators ask of new posts, so that a wave of spam meets a wall before it meets people.
namespace hoopoe {

// From the mildest on. Stored as these numbers.
enum class RuleAct {
  limit = 0,   // it is there for all, but not in the public timelines: unlisted
  hold = 1,    // it waits until a moderator has read it
  refuse = 2,  // it is not taken
};
std::optional<RuleAct> parse_rule_act(std::string_view name);
std::string_view name_of(RuleAct act);  // "limit", "hold", "refuse"

// A post breaks it when all hold that are set; of each list, one is enough.
struct PostingRule {
  RuleId id;
  RuleAct act = RuleAct::hold;
  // Words or phrases, as text::fold() compares them and without accents, standing alone; a "*" at an end lets
  // letters follow there.
  std::vector<std::string> words;
  std::vector<std::string> hosts;  // where a link leads: a host, or a domain with all below it
  int links = 0;                   // at least so many
  int mentions = 0;                // of so many people at least
  std::chrono::hours age{0};       // by accounts younger than this
  std::string message;             // for the author
};

constexpr std::size_t posting_rules_max = 100;    // each is looked at for each post
constexpr std::size_t rule_list_bytes_max = 800;  // so that a line of the audit log holds the rule
constexpr std::size_t rule_message_characters_max = 300;

// The entries of a list as people type it, between commas or line breaks.
std::vector<std::string> parse_rule_list(std::string_view text);

// What is wrong with a rule, in words for whoever made it; none when it can be used.
std::optional<std::string> find_fault(const PostingRule& rule);

// What a reader of a post is shown.
struct PostWords {
  std::string_view warning;
  std::string_view text;
  std::string client;        // the name of the app it was written with, and its site
  std::string descriptions;  // of its photos
};

// What the rules look at, taken from a post once.
struct PostTraits {
  // Folded, without accents, with one space for each run of them, and one at either end.
  std::u32string words;
  std::vector<std::string> hosts;  // of each link, of the client's site and in descriptions, folded
  int links = 0;                   // in what is said
  int mentions = 0;
  std::chrono::seconds age{0};  // of the account
};
PostTraits traits_of(const PostWords& post, std::chrono::seconds age);

bool is_broken(const PostingRule& rule, const PostTraits& traits);

// A post that waits for a moderator. It is no post yet: nobody but its author and the moderators sees it.
struct HeldPost {
  HeldPostId id;
  AccountId author;
  PersonId person;
  Time created;
  Draft draft;
};

constexpr int held_posts_max = 20;  // of one author

}  // namespace hoopoe
