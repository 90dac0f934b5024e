#include "main/cast.h"

#include <stdexcept>

#include "app/accounts.h"
#include "app/follow.h"
#include "app/occasions.h"
#include "app/photos.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/sign_up.h"
#include "crypto/password.h"
#include "store/people.h"

namespace hoopoe {

Cast::Cast(app::App& app, std::span<const Player> players) : app_(app) {
  for (const Player& player : players) {
    parts_[std::string(player.handle)] = {.actor = enter(player), .language = std::string(player.language)};
  }
  for (const auto& [handle, part] : parts_) follow_all(part.actor);
}

PostId Cast::say(std::string_view handle, std::string_view text, PostId reply_to) {
  const auto& [actor, language] = part_of(handle);
  const auto view = run_alone(
      app::publish(app_, actor, {.text = std::string(text), .language = language, .reply_to = reply_to}));
  return view.post->id;
}

Photo Cast::show(std::string_view handle, std::string_view text, std::string_view picture,
                 std::string_view description) {
  const auto& [actor, language] = part_of(handle);
  Photo photo = run_alone(app::upload_photo(app_, actor, std::string(picture),
                                            {.description = std::string(description), .focus = {}}));
  run_alone(app::publish(app_, actor,
                         {.text = std::string(text), .language = language, .photos = {{.id = photo.id}}}));
  return photo;
}

void Cast::favourite(std::string_view handle, PostId post) {
  run_alone(app::favourite(app_, actor_of(handle), post));
}

void Cast::repost(std::string_view handle, PostId post) {
  run_alone(app::repost(app_, actor_of(handle), post, Visibility::everyone));
}

void Cast::hold_event(std::string_view handle, PostId summary, std::vector<std::string> speakers) {
  run_alone(app::plan_occasion(app_, actor_of(handle), summary, {.speakers = std::move(speakers)}));
}

bool Cast::has_spoken(std::string_view handle) const {
  return app::account_by_id(app_, actor_of(handle).account).counts.posts > 0;
}

const Cast::Part& Cast::part_of(std::string_view handle) const {
  const auto found = parts_.find(handle);
  if (found == parts_.end()) throw std::out_of_range("nobody of that handle plays");
  return found->second;
}

app::Actor Cast::enter(const Player& player) {
  const std::string handle(player.handle);
  app::Actor actor;
  if (const auto account = app::find_account_by_address(app_, handle)) {
    actor.account = account->id;
    actor.person =
        app_.db.read([&](store::Read& read) { return store::people::find_owner(read, account->id)->id; });
    return actor;
  }
  // Nobody signs in as these: the password is not kept.
  const std::string hash = crypto::hash_password(crypto::random_token(32));
  const app::NewAccount made = app_.db.write_blocking([&](store::Write& write) {
    return app::create_account(write, {.handle = handle, .email = handle + "@demonstration.invalid"}, hash,
                               Role::person);
  });
  actor.person = made.person;
  actor.account = made.account;
  run_alone(app::update_profile(
      app_, actor, {.display_name = std::string(player.name), .bio = std::string(player.bio), .bot = true}));
  return actor;
}

void Cast::follow_all(const app::Actor& actor) {
  for (const auto& [handle, other] : parts_) {
    if (other.actor.account != actor.account) {
      run_alone(app::follow(app_, actor, other.actor.account, {}));
    }
  }
}

}  // namespace hoopoe
