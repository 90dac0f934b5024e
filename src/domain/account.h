#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/rendered.h"
#include "domain/ids.h"
#include "domain/visibility.h"

namespace hoopoe {

// Limits of a profile; the numbers are those that Mastodon clients expect (instance.configuration.accounts).
constexpr int display_name_characters_max = 30;
constexpr int bio_characters_max = 500;
constexpr int profile_fields_max = 4;
constexpr int profile_field_characters_max = 255;

struct ProfileField {
  std::string name;
  std::string value;
  std::optional<Time> verified = std::nullopt;  // when its page was seen to link back
  friend bool operator==(const ProfileField&, const ProfileField&) = default;
};

// A public identity: who a post is by. Whoever may act as it is in account_members.
struct Account {
  AccountId id;
  std::string handle;  // as typed
  std::string domain;  // empty for an account of this server
  std::string display_name;
  std::string bio;  // source text
  std::vector<ProfileField> fields;
  bool locked = false;        // follows need approval
  bool bot = false;           // says of itself that it is run by a program
  bool discoverable = false;  // wants to be suggested to others
  Visibility default_visibility = Visibility::everyone;
  bool default_sensitive = false;
  std::string default_language;  // ISO 639, or empty
  Time created;
  std::optional<Time> suspended;
  std::optional<Time> deleted;
  std::optional<Time> limited;  // left out of public timelines

  // Kept beside the account, rebuilt from the posts and follows at will.
  struct Counts {
    std::int64_t posts = 0;
    std::int64_t followers = 0;
    std::int64_t following = 0;
    std::optional<Time> last_post;
  } counts;

  Rendered profile;  // by the API, of an account that is shared and no longer changes

  // Suspended and deleted accounts are shown to nobody.
  bool is_shown() const { return !suspended && !deleted; }
  const std::string& shown_name() const { return display_name.empty() ? handle : display_name; }
};

// How an account mutes another.
struct Mute {
  bool notifications_hidden = true;
  std::optional<Time> expires;  // none: until it is undone
};

// How one account stands to another.
struct Relation {
  bool following = false;
  bool requested = false;  // asked to follow a locked account, not yet answered
  bool followed_by = false;
  bool requested_by = false;
  bool showing_reposts = false;
  bool notifying = false;
  bool blocking = false;
  bool blocked_by = false;
  std::optional<Mute> mute;
};

}  // namespace hoopoe
