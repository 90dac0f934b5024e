#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/rendered.h"
#include "domain/ids.h"
#include "domain/photo.h"
#include "domain/visibility.h"

namespace hoopoe {

constexpr std::size_t language_code_bytes_max = 35;  // RFC 5646, 4.4.1

// Who may answer, besides the author and those the post names; it holds for all that is said below it.
// Stored as these numbers.
enum class ReplyRule { anyone = 0, followed = 1, mentioned = 2 };
std::optional<ReplyRule> parse_reply_rule(std::string_view name);
std::string_view name_of(ReplyRule rule);  // "anyone", "followed", "mentioned"

// One account that a post names; handle and domain as they are now, not as they were typed.
struct Mention {
  AccountId account;
  std::string handle;
  std::string domain;
};

// A post, or a repost: then repost_of is set and the text is empty.
struct Post {
  PostId id;
  AccountId author;
  Time created;
  int revision = 0;  // the number of its newest words, from 0
  std::optional<Time> edited;
  std::optional<Time> deleted;  // a tombstone: it keeps the thread joined and holds nothing else
  PostId reply_to;
  AccountId reply_to_author;
  PostId root;  // what the conversation begins with: the post itself, when it answers nothing
  PostId repost_of;
  Visibility visibility = Visibility::everyone;
  bool sensitive = false;
  std::string warning;
  ReplyRule reply_rule = ReplyRule::anyone;
  bool hidden = false;   // among the answers, by the author of what it answers
  std::string language;  // ISO 639, or empty
  std::string text;      // the source, as typed; empty only where there are photos
  int photo_count = 0;
  ClientId client;  // the app it was written with, none for the web
};

// A post with what follows from it whoever looks at it, until it is edited. Not changed once it is shared.
struct PostCard : Post {
  struct Client {
    std::string name;
    std::string website;
  };
  std::vector<Mention> mentions;
  std::vector<Photo> photos;
  std::optional<Client> written_with;  // an app; none: the web
  // By the API: what it says of the post, and of its words.
  Rendered facts;
  Rendered words;
};

// With nothing that follows from it yet.
PostCard card_of(Post post);

// Of what everyone may read.
struct PostCounts {
  std::int64_t replies = 0;
  std::int64_t reposts = 0;
  std::int64_t favourites = 0;
};

// What a post said once, or says.
struct Revision {
  int number = 0;
  Time created;
  bool sensitive = false;
  std::string warning;
  std::string language;
  std::string text;
  Visibility visibility = Visibility::everyone;  // whom it was for when it was said
  std::vector<Photo> photos;
};

constexpr std::chrono::hours idempotency_key_lifetime{1};  // Mastodon API, statuses "Idempotency-Key"

// What somebody wants to publish.
struct Draft {
  std::string text;
  std::string warning;
  bool sensitive = false;
  Visibility visibility = Visibility::everyone;
  ReplyRule reply_rule = ReplyRule::anyone;
  std::string language;
  PostId reply_to;
  std::vector<ChosenPhoto> photos;
  ClientId client;
  std::string idempotency_key;  // empty, or names this very wish for idempotency_key_lifetime
};

}  // namespace hoopoe
