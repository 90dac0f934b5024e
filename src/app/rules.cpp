#include "app/rules.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/photos.h"
#include "app/post_view.h"
#include "app/refuse.h"
#include "app/replies.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "domain/page.h"
#include "store/accounts.h"
#include "store/held_posts.h"
#include "store/oauth.h"
#include "store/people.h"
#include "store/photos.h"
#include "store/posting_rules.h"
#include "store/posts.h"
#include "store/timelines.h"

namespace hoopoe::app {

namespace {

// About 100 ms of a reader's time, and a few days of a busy square.
constexpr int tried_posts_max = 5000;
constexpr int tried_at_once = 500;
constexpr std::size_t examples_max = 20;

void require_usable(const PostingRule& rule) {
  if (const auto fault = find_fault(rule)) refuse_as_invalid(*fault);
}

std::chrono::seconds age_of(const Account& account, Time now) {
  return std::chrono::duration_cast<std::chrono::seconds>(now - account.created);
}

bool is_same(const HeldPost& held, const Draft& other, Time now) {
  const Draft& one = held.draft;
  const bool is_one_wish = !one.idempotency_key.empty() && one.idempotency_key == other.idempotency_key;
  if (is_one_wish && now < held.created + idempotency_key_lifetime) return true;
  return one.text == other.text && one.warning == other.warning && one.reply_to == other.reply_to &&
         one.visibility == other.visibility &&
         std::ranges::equal(one.photos, other.photos, {}, &ChosenPhoto::id, &ChosenPhoto::id);
}

std::string shown_of(const store::oauth::Client& client) { return client.name + "\n" + client.website; }

std::unordered_map<ClientId, std::string> clients_of(store::Read& read, const std::vector<ClientId>& ids) {
  std::unordered_map<ClientId, std::string> clients;
  for (const auto& client : store::oauth::find_clients(read, ids))
    clients.emplace(client.id, shown_of(client));
  return clients;
}

std::string descriptions_of(const std::vector<ChosenPhoto>& chosen) {
  std::string descriptions;
  for (const ChosenPhoto& photo : chosen) descriptions += photo.description.value_or("") + "\n";
  return descriptions;
}

std::unordered_map<PostId, std::string> descriptions_of(store::Read& read, const std::vector<Post>& posts) {
  std::vector<PostId> illustrated;
  for (const Post& post : posts) {
    if (post.photo_count > 0) illustrated.push_back(post.id);
  }
  std::unordered_map<PostId, std::string> descriptions;
  for (const store::photos::Shown& shown : store::photos::of_posts(read, illustrated)) {
    descriptions[shown.post] += shown.photo.description + "\n";
  }
  return descriptions;
}

// Those of the posts that the rule would have caught.
std::vector<PostId> caught_among(store::Read& read, const PostingRule& rule, const std::vector<PostId>& ids) {
  const std::vector<Post> posts = store::posts::find_many(read, ids);
  std::vector<AccountId> authors;
  std::vector<ClientId> client_ids;
  for (const Post& post : posts) {
    authors.push_back(post.author);
    client_ids.push_back(post.client);
  }
  std::unordered_map<ClientId, std::string> clients = clients_of(read, client_ids);
  const std::unordered_map<AccountId, Account> accounts = store::accounts::find_map(read, authors);
  std::unordered_map<PostId, std::string> descriptions = descriptions_of(read, posts);
  std::vector<PostId> caught;
  for (const Post& post : posts) {
    const auto author = accounts.find(post.author);
    if (author == accounts.end()) continue;
    const PostWords words{.warning = post.warning,
                          .text = post.text,
                          .client = clients[post.client],
                          .descriptions = descriptions[post.id]};
    if (is_broken(rule, traits_of(words, age_of(author->second, post.created)))) caught.push_back(post.id);
  }
  return caught;
}

}  // namespace

std::optional<PostingRule> broken_rule(store::Read& read, const Actor& actor, const Draft& draft) {
  std::vector<PostingRule> rules = store::posting_rules::list(read);
  if (rules.empty()) return std::nullopt;
  const auto account = store::accounts::find(read, actor.account);
  const auto person = store::people::find(read, actor.person);
  if (!account || (person && person->role >= Role::moderator)) return std::nullopt;
  const auto client = store::oauth::find_client(read, actor.client);
  const PostWords words{.warning = draft.warning,
                        .text = draft.text,
                        .client = client ? shown_of(*client) : "",
                        .descriptions = descriptions_of(draft.photos)};
  const PostTraits traits = traits_of(words, age_of(*account, read.now()));
  std::optional<PostingRule> strictest;
  for (PostingRule& rule : rules) {
    if ((!strictest || rule.act > strictest->act) && is_broken(rule, traits)) strictest = std::move(rule);
  }
  return strictest;
}

void refuse_by(const PostingRule& rule) {
  refuse_as_invalid(rule.message.empty() ? "This is against the rules of this place" : rule.message);
}

RuleId add_rule(store::Write& write, const PostingRule& rule, const Moderation& act) {
  require_usable(rule);
  if (store::posting_rules::list(write).size() >= posting_rules_max)
    refuse_as_invalid("There are too many rules");
  record(write, "add-rule", {}, {.by = act.by, .reason = describe(rule)});
  return store::posting_rules::insert(write, rule);
}

void remove_rule(store::Write& write, RuleId id, const Moderation& act) {
  const std::vector<PostingRule> rules = store::posting_rules::list(write);
  const auto rule = std::ranges::find(rules, id, &PostingRule::id);
  if (rule == rules.end()) throw Refusal(RefusalKind::not_found, "There is no such rule.");
  store::posting_rules::erase(write, id);
  record(write, "remove-rule", {}, {.by = act.by, .reason = describe(*rule)});
}

std::string describe(const PostingRule& rule) {
  std::vector<std::string> parts;
  if (!rule.words.empty()) parts.push_back(fmt::format("words {}", fmt::join(rule.words, ", ")));
  if (!rule.hosts.empty()) parts.push_back(fmt::format("sites {}", fmt::join(rule.hosts, ", ")));
  if (rule.links > 0) parts.push_back(fmt::format("links {}", rule.links));
  if (rule.mentions > 0) parts.push_back(fmt::format("mentions {}", rule.mentions));
  if (rule.age.count() > 0) parts.push_back(fmt::format("age below {} h", rule.age.count()));
  if (!rule.message.empty()) parts.push_back(fmt::format("message \u201c{}\u201d", rule.message));
  return fmt::format("{}: {}", name_of(rule.act), fmt::join(parts, "; "));
}

Trial try_rule(store::Read& read, const PostingRule& rule) {
  require_usable(rule);
  Trial trial;
  Page page{.limit = tried_at_once};
  while (trial.looked_at < tried_posts_max) {
    const std::vector<PostId> ids = store::timelines::everyone(read, page);
    const std::vector<PostId> caught = caught_among(read, rule, ids);
    trial.looked_at += static_cast<int>(ids.size());
    trial.caught += static_cast<int>(caught.size());
    const std::size_t room = std::min(examples_max - trial.examples.size(), caught.size());
    trial.examples.insert(trial.examples.end(), caught.begin(),
                          caught.begin() + static_cast<std::ptrdiff_t>(room));
    if (ids.size() < tried_at_once) break;
    page.max_id = ids.back().value;
  }
  return trial;
}

void hold_post(store::Write& write, const Actor& actor, const Draft& draft) {
  require_may_publish(write, actor);
  if (draft.reply_to) {
    require_may_reply(write, actor.account, view_post(write, actor.account, draft.reply_to).shown().post->id);
  }
  const std::vector<HeldPost> waiting = store::held_posts::of_author(write, actor.account);
  if (std::ranges::any_of(waiting, [&](const HeldPost& held) { return is_same(held, draft, write.now()); }))
    return;
  if (waiting.size() >= held_posts_max) {
    throw Refusal(RefusalKind::too_many, "Many of your posts still wait to be looked at.");
  }
  for (const Photo& photo : choose_photos(write, actor.account, draft.photos)) {
    store::photos::describe(write, photo);
  }
  store::held_posts::insert(
      write, {.id = {}, .author = actor.account, .person = actor.person, .created = {}, .draft = draft});
}

void withdraw_post(store::Write& write, const Actor& actor, HeldPostId id) {
  const auto held = store::held_posts::find(write, id);
  if (!held || held->author != actor.account) throw Refusal(RefusalKind::not_found, "Record not found");
  store::held_posts::erase(write, id);
}

void turn_down_post(store::Write& write, HeldPostId id, const Moderation& act) {
  const auto held = store::held_posts::find(write, id);
  if (!held) throw Refusal(RefusalKind::not_found, "There is no such post that waits.");
  store::held_posts::erase(write, id);
  const std::string quoted = fmt::format("\u201c{}\u201d", held->draft.text);
  tell_of_act(write, held->author, StrikeKind::post_turned_down, {},
              {.by = act.by, .reason = act.reason.empty() ? quoted : act.reason + "\n" + quoted});
  record(write, "turn-down", held->author, act);
}

}  // namespace hoopoe::app
