#include "app/export.h"

#include <algorithm>
#include <unordered_map>

#include "base/id_source.h"
#include "base/refusal.h"
#include "domain/page.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/bookmarks.h"
#include "store/favourites.h"
#include "store/follows.h"
#include "store/held_posts.h"
#include "store/mutes.h"
#include "store/occasions.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/relations.h"
#include "store/reports.h"
#include "store/sessions.h"
#include "store/strikes.h"

namespace hoopoe::app {

namespace {

// Of one read, and of the memory that a slow reader holds: some 10 ms, and some 200 KB once it is written; 1
// MB at most, for a post of many bytes that was edited as often as one can be.
constexpr int entries_per_slice = 500;
constexpr int posts_per_slice = 100;
constexpr int revisions_per_slice = 100;  // or those of one post, which are as many at most
constexpr int reports_per_slice = 50;     // each with a comment and its posts

using Accounts = std::unordered_map<AccountId, Account>;

bool is_owner(store::Read& read, const Actor& actor, const std::optional<Account>& account) {
  return account && account->is_shown() && store::sessions::exists(read, actor.session) &&
         store::people::is_owner(read, actor.person, actor.account);
}

Account require_owner(store::Read& read, const Actor& actor) {
  std::optional<Account> account = store::accounts::find(read, actor.account);
  if (!is_owner(read, actor, account)) {
    throw Refusal(RefusalKind::forbidden, "Only who owns the account can take its data away.");
  }
  return *std::move(account);
}

Accounts shown_among(store::Read& read, const std::vector<AccountId>& ids) {
  Accounts accounts = store::accounts::find_map(read, ids);
  std::erase_if(accounts, [](const auto& entry) { return !entry.second.is_shown(); });
  return accounts;
}

std::optional<Account> find(const Accounts& accounts, AccountId id) {
  const auto found = accounts.find(id);
  return found == accounts.end() ? std::nullopt : std::optional(found->second);
}

template <class Line, class Value>
std::vector<Value> each(const std::vector<Line>& lines, Value Line::* what) {
  std::vector<Value> values(lines.size());
  std::ranges::transform(lines, values.begin(), what);
  return values;
}

// Full, and so perhaps not the last one.
template <class Line>
bool is_full(const std::vector<Line>& lines, int limit) {
  return std::cmp_greater_equal(lines.size(), limit);
}

ExportSlice of_accounts(store::Read& read, const std::vector<store::AccountEntry>& lines) {
  const Accounts accounts = shown_among(read, each(lines, &store::AccountEntry::account));
  ExportSlice slice{.next = is_full(lines, entries_per_slice) ? lines.back().id : 0};
  for (const store::AccountEntry& line : lines) {
    if (auto account = find(accounts, line.account)) {
      slice.entries.emplace_back(
          ExportedAccount{.account = *std::move(account), .since = time_of_id(line.id), .mute = {}});
    }
  }
  return slice;
}

// Its pages start from the account that was asked.
ExportSlice of_requests_made(store::Read& read, const std::vector<store::AccountEntry>& lines) {
  ExportSlice slice = of_accounts(read, lines);
  if (slice.next != 0) slice.next = lines.back().account.value;
  return slice;
}

ExportSlice of_mutes(store::Read& read, AccountId account, const std::vector<store::AccountEntry>& lines) {
  ExportSlice slice = of_accounts(read, lines);
  const std::vector<AccountId> ids = each(lines, &store::AccountEntry::account);
  std::unordered_map<AccountId, std::optional<Mute>> mutes;
  for (const auto& [id, relation] : store::relations(read, account, ids)) mutes.emplace(id, relation.mute);
  for (ExportEntry& entry : slice.entries) {
    auto& muted = std::get<ExportedAccount>(entry);
    muted.mute = mutes.at(muted.account.id);
  }
  return slice;
}

// In the order asked for.
std::vector<PostPlace> places(store::Read& read, const std::vector<PostId>& ids) {
  std::unordered_map<PostId, AccountId> authors;
  std::vector<AccountId> author_ids;
  for (const auto& [post, author] : store::posts::authors(read, ids)) {
    authors.emplace(post, author);
    author_ids.push_back(author);
  }
  const Accounts accounts = shown_among(read, author_ids);
  std::vector<PostPlace> found;
  found.reserve(ids.size());
  for (const PostId id : ids) found.push_back({.id = id, .author = find(accounts, authors[id])});
  return found;
}

ExportSlice of_kept(store::Read& read, const std::vector<store::PostEntry>& lines) {
  std::vector<PostPlace> kept = places(read, each(lines, &store::PostEntry::post));
  ExportSlice slice{.next = is_full(lines, entries_per_slice) ? lines.back().id : 0};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    slice.entries.emplace_back(ExportedKept{.post = std::move(kept[i]), .since = time_of_id(lines[i].id)});
  }
  return slice;
}

// A conversation is muted from any of its posts: its first one may never have been theirs to read, and then
// nothing is said of it.
ExportSlice of_conversations(store::Read& read, AccountId account, const std::vector<PostId>& roots) {
  ExportSlice slice{.next = is_full(roots, entries_per_slice) ? roots.back().value : 0};
  for (const PostView& root : view_posts(read, account, roots, Muted::shown)) {
    slice.entries.emplace_back(
        ExportedKept{.post = {.id = root.post->id, .author = *root.author}, .since = {}});
  }
  return slice;
}

ExportSlice of_reports(store::Read& read, const std::vector<Report>& reports) {
  const Accounts accounts = shown_among(read, each(reports, &Report::target));
  ExportSlice slice{.next = is_full(reports, reports_per_slice) ? reports.back().id.value : 0};
  for (const Report& report : reports) {
    slice.entries.emplace_back(ExportedReport{.report = report, .target = find(accounts, report.target)});
  }
  return slice;
}

ExportSlice of_strikes(const std::vector<Strike>& strikes) {
  ExportSlice slice{.next = is_full(strikes, entries_per_slice) ? strikes.back().id.value : 0};
  std::ranges::copy(strikes, std::back_inserter(slice.entries));
  return slice;
}

// All of them: held_posts_max.
ExportSlice of_held(const std::vector<HeldPost>& waiting) {
  ExportSlice slice;
  std::ranges::reverse_copy(waiting, std::back_inserter(slice.entries));
  return slice;
}

// --- Posts.

// As many of them as have no more revisions than belong in one slice; one at least.
void cut_to_revisions(std::vector<Post>& posts) {
  int revisions = 0;
  const auto over = std::ranges::find_if(posts, [&revisions](const Post& post) {
    revisions += post.revision + 1;
    return revisions > revisions_per_slice;
  });
  if (over == posts.end()) return;
  posts.erase(std::max(over, posts.begin() + 1), posts.end());
}

struct PostSurroundings {
  std::unordered_map<PostId, PostView> views;
  std::unordered_map<PostId, std::vector<Revision>> revisions;
  std::unordered_map<PostId, AccountId> reposted;  // who wrote what is reposted
  std::unordered_map<PostId, Occasion> occasions;
  Accounts accounts;  // of what is answered or reposted, and who speaks
};

PostSurroundings fetch(store::Read& read, AccountId author, const std::vector<Post>& posts) {
  std::vector<PostId> own;
  std::vector<PostId> reposted;
  std::vector<AccountId> others;
  for (const Post& post : posts) {
    if (post.deleted) continue;
    (post.repost_of ? reposted : own).push_back(post.repost_of ? post.repost_of : post.id);
    if (post.reply_to_author) others.push_back(post.reply_to_author);
  }
  PostSurroundings around;
  for (PostView& view : view_posts(read, author, own, Muted::shown)) {
    around.views.emplace(view.post->id, std::move(view));
  }
  for (auto& [id, revision] : store::posts::revisions(read, own)) {
    around.revisions[id].push_back(std::move(revision));
  }
  for (const auto& [id, by] : store::posts::authors(read, reposted)) {
    around.reposted.emplace(id, by);
    others.push_back(by);
  }
  around.occasions = store::occasions::find_map(read, own);
  for (const auto& [id, occasion] : around.occasions) {
    others.insert(others.end(), occasion.speakers.begin(), occasion.speakers.end());
  }
  around.accounts = shown_among(read, others);
  return around;
}

std::optional<ExportedOccasion> occasion_of(const PostSurroundings& around, PostId summary) {
  const auto found = around.occasions.find(summary);
  if (found == around.occasions.end()) return std::nullopt;
  ExportedOccasion occasion{.speakers = {}, .ended = found->second.ended};
  for (const AccountId speaker : found->second.speakers) {
    if (auto account = find(around.accounts, speaker)) occasion.speakers.push_back(*std::move(account));
  }
  return occasion;
}

ExportSlice of_posts(store::Read& read, const Account& author, std::int64_t before) {
  std::vector<Post> posts =
      store::posts::all_of_author(read, author.id, {.max_id = before, .limit = posts_per_slice});
  const bool may_be_more = is_full(posts, posts_per_slice);
  const std::size_t found = posts.size();
  cut_to_revisions(posts);
  PostSurroundings around = fetch(read, author.id, posts);
  ExportSlice slice{.next = may_be_more || posts.size() < found ? posts.back().id.value : 0};
  for (const Post& post : posts) {
    if (const auto view = around.views.find(post.id); view != around.views.end()) {
      ExportedPost exported{.view = std::move(view->second),
                            .revisions = around.revisions[post.id],
                            .occasion = occasion_of(around, post.id)};
      if (post.reply_to) {
        exported.reply_to = {.id = post.reply_to, .author = find(around.accounts, post.reply_to_author)};
      }
      slice.entries.emplace_back(std::move(exported));
    } else if (post.repost_of && !post.deleted) {
      slice.entries.emplace_back(ExportedPost{
          .view = fresh_view(card_of(post), author),
          .repost_of = PostPlace{.id = post.repost_of,
                                 .author = find(around.accounts, around.reposted[post.repost_of])}});
    }
  }
  return slice;
}

ExportSlice read_slice(store::Read& read, const Account& owner, ExportPart part, std::int64_t before) {
  const AccountId id = owner.id;
  const Page page{.max_id = before, .limit = entries_per_slice};
  switch (part) {
    case ExportPart::following:
      return of_accounts(read, store::follows::following(read, id, page));
    case ExportPart::followers:
      return of_accounts(read, store::follows::followers(read, id, page));
    case ExportPart::requests_made:
      return of_requests_made(read, store::follows::requests_by(read, id, page));
    case ExportPart::requests_received:
      return of_accounts(read, store::follows::requests(read, id, page));
    case ExportPart::blocks:
      return of_accounts(read, store::blocks::list(read, id, page));
    case ExportPart::mutes:
      return of_mutes(read, id, store::mutes::list(read, id, page));
    case ExportPart::conversation_mutes:
      return of_conversations(read, id, store::mutes::conversations(read, id, page));
    case ExportPart::bookmarks:
      return of_kept(read, store::bookmarks::list(read, id, page));
    case ExportPart::favourites:
      return of_kept(read, store::favourites::of_account(read, id, page));
    case ExportPart::reports:
      return of_reports(read,
                        store::reports::of_account(read, id, {.max_id = before, .limit = reports_per_slice}));
    case ExportPart::strikes:
      return of_strikes(store::strikes::of_account(read, id, page));
    case ExportPart::held:
      return of_held(store::held_posts::of_author(read, id));
    case ExportPart::posts:
      return of_posts(read, owner, before);
  }
  return {};
}

}  // namespace

std::string url_of(const App& app, const PostPlace& place) {
  if (place.author) return url_of(app, *place.author, place.id);
  return app.public_url + "/posts/" + place.id.str();
}

bool may_export(App& app, const Actor& actor) {
  return app.db.read(
      [&](store::Read& read) { return is_owner(read, actor, store::accounts::find(read, actor.account)); });
}

ExportedProfile export_profile(App& app, const Actor& actor) {
  return app.db.read([&](store::Read& read) {
    Account account = require_owner(read, actor);
    return ExportedProfile{.account = std::move(account),
                           .email = store::people::find(read, actor.person)->email};
  });
}

net::Task<ExportSlice> export_slice(App& app, Actor actor, ExportPart part, std::int64_t before) {
  co_return co_await app.db.read_slow(
      [&](store::Read& read) { return read_slice(read, require_owner(read, actor), part, before); });
}

}  // namespace hoopoe::app
