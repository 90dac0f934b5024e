#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id_source.h"
#include "domain/account.h"
#include "domain/post.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/posts.h"

namespace hoopoe::tests {

// All there is in a square at one time, and the rules of who reads what, asked of every post: slow and plain.
class NaiveSquare {
 public:
  using Posts = std::vector<PostId>;

  explicit NaiveSquare(store::Read& read) {
    const Posts ids = read.values<PostId>("select id from posts order by id desc");
    for (Post& post : store::posts::find_many(read, ids)) posts_.emplace(post.id, std::move(post));
    for (Account& account :
         store::accounts::find_many(read, read.values<AccountId>("select id from accounts"))) {
      accounts_.emplace(account.id, std::move(account));
    }
    fill(read, "select post_id, account_id from mentions", mentions_);
    fill(read, "select follower_id, target_id from follows", follows_);
    fill(read, "select follower_id, target_id from follows where not reposts_shown", without_reposts_);
    fill(read, "select account_id, target_id from blocks", blocks_);
    fill(read, "select account_id, target_id from mutes where coalesce(expires, $1 + 1) > $1", mutes_,
         read.now());
    fill(read,
         "select account_id, target_id from mutes where notifications_hidden and coalesce(expires, $1 + 1) > "
         "$1",
         silenced_, read.now());
    fill(read, "select account_id, post_id from bookmarks order by id desc", bookmarks_);
    fill(read, "select account_id, post_id from favourites order by id desc", favourites_);
    fill(read, "select account_id, post_id from pins order by id desc", pins_);
    fill(read, "select post_id, account_id from occasion_speakers", speakers_);
    for (const PostId id : read.values<PostId>("select s.post_id from revision_photos s join revisions r on "
                                               "r.post_id = s.post_id and r.number = "
                                               "s.number where not exists (select 1 from revisions n where "
                                               "n.post_id = r.post_id and n.number > "
                                               "r.number)")) {
      illustrated_.insert(id);
    }
    for (auto& [name, photo] : read.all(
             "select name, account_id, post_id, held_post_id is null from photos", [](const store::Row& row) {
               return std::pair(row.get<std::string>(0), UploadedPhoto{.owner = row.get<AccountId>(1),
                                                                       .post = row.get<PostId>(2),
                                                                       .is_open = row.get<bool>(3)});
             })) {
      photos_.emplace(std::move(name), photo);
    }
    for (const auto& [id, ended] :
         read.all("select post_id, ended from occasions", [](const store::Row& row) {
           return std::pair(row.get<PostId>(0), row.get<std::optional<Time>>(1));
         })) {
      occasions_.emplace(id, ended);
    }
  }

  bool is_shown(AccountId account) const { return accounts_.at(account).is_shown(); }
  const Post& post(PostId id) const { return posts_.at(id); }

  // The words of a post, whoever asks; no viewer is a stranger.
  bool reads(AccountId viewer, PostId id) const {
    const auto found = posts_.find(id);
    if (found == posts_.end() || found->second.deleted) return false;
    const Post& post = found->second;
    if (!is_shown(post.author)) return false;
    if (viewer == post.author) return true;
    if (apart(viewer, post.author)) return false;
    if (post.visibility == Visibility::everyone || post.visibility == Visibility::unlisted) return true;
    if (has(mentions_, id, viewer)) return true;
    return post.visibility == Visibility::followers && has(follows_, viewer, post.author);
  }
  // Words that it said once stay with those whom they were for.
  bool reads_old(AccountId viewer, PostId id, Visibility was) const {
    if (!reads(viewer, id)) return false;
    const Post& post = posts_.at(id);
    if (viewer == post.author) return true;
    if (was > post.visibility || post.visibility == Visibility::mentioned) return false;
    return post.visibility < Visibility::followers || has(follows_, viewer, post.author);
  }
  bool apart(AccountId one, AccountId other) const {
    return has(blocks_, one, other) || has(blocks_, other, one);
  }

  // A post, or a repost together with what it is of.
  bool sees(AccountId viewer, const Post& post) const {
    return reads(viewer, post.id) && (!post.repost_of || reads(viewer, post.repost_of));
  }
  bool wants(AccountId viewer, const Post& post) const {
    return !has(mutes_, viewer, post.author) &&
           (!post.repost_of || !has(mutes_, viewer, posts_.at(post.repost_of).author));
  }

  // What comes by itself.
  Posts everyone(AccountId viewer) const {
    return newest_first([&](const Post& post) { return is_public(viewer, post); });
  }
  // `tag` in lower case.
  Posts tagged(AccountId viewer, std::string_view tag) const {
    return newest_first([&](const Post& post) {
      std::string text = post.text;
      std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
      return is_public(viewer, post) && text.find("#" + std::string(tag)) != std::string::npos;
    });
  }
  Posts home(AccountId viewer) const {
    return newest_first([&](const Post& post) {
      if (!sees(viewer, post) || !wants(viewer, post)) return false;
      if (post.author == viewer) return true;
      if (!has(follows_, viewer, post.author) || post.visibility == Visibility::mentioned) return false;
      if (post.repost_of && has(without_reposts_, viewer, post.author)) return false;
      const AccountId answered = post.reply_to_author;
      return !answered || answered == viewer || answered == post.author || has(follows_, viewer, answered);
    });
  }

  // What one goes to look at.
  enum class Replies { shown, hidden };
  Posts of_author(AccountId viewer, AccountId author, Replies replies = Replies::shown) const {
    return newest_first([&](const Post& post) {
      const bool to_others = post.reply_to && post.reply_to_author != author;
      return post.author == author && sees(viewer, post) && (replies == Replies::shown || !to_others);
    });
  }
  // --- Photos, by the names of their files.
  std::vector<std::string> photo_names() const {
    std::vector<std::string> names;
    for (const auto& [name, photo] : photos_) names.push_back(name);
    return names;
  }
  // Whether a page may tell the name, by which it can be opened.
  bool is_told_photo(AccountId viewer, const std::string& name) const {
    const auto found = photos_.find(name);
    return found != photos_.end() && (found->second.owner == viewer || reads(viewer, found->second.post));
  }
  bool opens_photo(AccountId viewer, const std::string& name) const {
    const UploadedPhoto& photo = photos_.at(name);
    if (photo.post) return is_shown(photo.owner) && !posts_.at(photo.post).deleted;
    return photo.owner == viewer || (photo.is_open && is_shown(photo.owner));
  }

  // Those of a list that show photos themselves.
  Posts with_photos(Posts posts) const {
    std::erase_if(posts, [&](PostId id) { return !illustrated_.contains(id); });
    return posts;
  }
  Posts exchange(AccountId viewer, AccountId one, AccountId other) const {
    return newest_first([&](const Post& post) {
      return sees(viewer, post) && ((post.author == one && addresses(post, other)) ||
                                    (post.author == other && addresses(post, one)));
    });
  }
  Posts live(AccountId viewer, AccountId account) const {
    const auto has_addressed = [&](AccountId other) {
      return std::ranges::any_of(posts_ | std::views::values, [&](const Post& post) {
        return post.author == account && !post.deleted && post.visibility <= Visibility::unlisted &&
               addresses(post, other);
      });
    };
    return newest_first([&](const Post& post) {
      if (!sees(viewer, post)) return false;
      if (post.author == account) return true;
      return addresses(post, account) && !has(blocks_, account, post.author) && has_addressed(post.author);
    });
  }
  // None: there is no such page.
  std::optional<Posts> occasion(AccountId viewer, PostId summary) const {
    const auto found = occasions_.find(summary);
    if (found == occasions_.end() || !reads(viewer, summary)) return std::nullopt;
    const Post& first = posts_.at(summary);
    if (first.visibility > Visibility::unlisted) return std::nullopt;
    return newest_first([&](const Post& post) {
      return has(speakers_, summary, post.author) && !apart(post.author, first.author) && post.id > summary &&
             (!found->second || time_of_id(post.id.value) <= *found->second) &&
             post.visibility <= Visibility::unlisted && !post.repost_of && sees(viewer, post);
    });
  }
  Posts bookmarked(AccountId viewer) const { return kept(bookmarks_, viewer, viewer); }
  Posts favourites(AccountId viewer) const { return kept(favourites_, viewer, viewer); }
  Posts pinned(AccountId viewer, AccountId of) const { return kept(pins_, viewer, of); }

  // Those of a conversation that the viewer gets to read, from the root down.
  Posts ancestors(AccountId viewer, PostId id) const {
    Posts found;
    for (PostId above = posts_.at(id).reply_to; above; above = posts_.at(above).reply_to) {
      if (reads(viewer, above)) found.insert(found.begin(), above);
    }
    return found;
  }
  // In no order.
  std::set<PostId> descendants(AccountId viewer, PostId id) const {
    std::set<PostId> found;
    for (const Post& post : posts_ | std::views::values) {
      bool is_put_aside = post.hidden;
      PostId above = post.reply_to;
      for (; above && above != id; above = posts_.at(above).reply_to) {
        is_put_aside = is_put_aside || posts_.at(above).hidden;
      }
      if (above == id && reads(viewer, post.id) && wants(viewer, post) && !is_put_aside)
        found.insert(post.id);
    }
    return found;
  }

  bool is_told(AccountId viewer, AccountId from, PostId about) const {
    return is_shown(from) && !apart(viewer, from) && !has(silenced_, viewer, from) &&
           (!about || reads(viewer, about));
  }
  std::set<AccountId> favourited_by(AccountId viewer, PostId id) const {
    std::set<AccountId> found;
    for (const auto& [account, post] : favourites_) {
      if (post == id && is_shown(account) && !apart(viewer, account)) found.insert(account);
    }
    return found;
  }

 private:
  template <class One, class Other>
  using Pairs = std::vector<std::pair<One, Other>>;

  template <class One, class Other, class... Values>
  static void fill(store::Read& read, std::string_view sql, Pairs<One, Other>& pairs,
                   const Values&... values) {
    pairs = read.all(
        store::Sql::built(sql),
        [](const store::Row& row) { return std::pair(row.get<One>(0), row.get<Other>(1)); }, values...);
  }
  template <class One, class Other>
  static bool has(const Pairs<One, Other>& pairs, One one, Other other) {
    return std::ranges::find(pairs, std::pair(one, other)) != pairs.end();
  }

  bool is_public(AccountId viewer, const Post& post) const {
    return post.visibility == Visibility::everyone && !post.repost_of && sees(viewer, post) &&
           wants(viewer, post) && !accounts_.at(post.author).limited;
  }
  bool addresses(const Post& post, AccountId account) const {
    return post.reply_to_author == account || has(mentions_, post.id, account);
  }
  Posts newest_first(const std::function<bool(const Post&)>& belongs) const {
    Posts found;
    for (const auto& [id, post] : posts_ | std::views::reverse) {
      if (belongs(post)) found.push_back(id);
    }
    return found;
  }
  Posts kept(const Pairs<AccountId, PostId>& pairs, AccountId viewer, AccountId of) const {
    Posts found;
    for (const auto& [account, id] : pairs) {
      if (account == of && sees(viewer, posts_.at(id))) found.push_back(id);
    }
    return found;
  }

  struct UploadedPhoto {
    AccountId owner;
    PostId post;
    bool is_open = false;  // of no post that waits
  };

  std::map<PostId, Post> posts_;
  std::map<AccountId, Account> accounts_;
  Pairs<PostId, AccountId> mentions_;
  Pairs<AccountId, AccountId> follows_;
  Pairs<AccountId, AccountId> without_reposts_;
  Pairs<AccountId, AccountId> blocks_;
  Pairs<AccountId, AccountId> mutes_;
  Pairs<AccountId, AccountId> silenced_;
  Pairs<AccountId, PostId> bookmarks_;
  Pairs<AccountId, PostId> favourites_;
  Pairs<AccountId, PostId> pins_;
  Pairs<PostId, AccountId> speakers_;
  std::set<PostId> illustrated_;
  std::map<std::string, UploadedPhoto> photos_;
  std::map<PostId, std::optional<Time>> occasions_;  // when they ended
};

}  // namespace hoopoe::tests
