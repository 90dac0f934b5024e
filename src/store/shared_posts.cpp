#include "store/shared_posts.h"

#include <algorithm>
#include <unordered_map>

#include "store/accounts.h"
#include "store/known.h"
#include "store/oauth.h"
#include "store/photos.h"
#include "store/posts.h"
#include "store/subjects.h"

namespace hoopoe::store::shared_posts {

namespace {

std::vector<std::pair<PostId, PostCard>> load_cards(Read& read, const std::vector<PostId>& ids) {
  std::vector<std::pair<PostId, PostCard>> cards;
  std::vector<ClientId> clients;
  std::vector<PostId> illustrated;
  for (const Post& post : posts::find_many(read, ids)) {
    cards.emplace_back(post.id, card_of(post));
    if (post.client) clients.push_back(post.client);
    if (post.photo_count > 0) illustrated.push_back(post.id);
  }
  std::unordered_map<PostId, std::vector<Mention>> mentions;
  for (auto& [post, mention] : posts::mentions(read, ids)) mentions[post].push_back(std::move(mention));
  std::unordered_map<PostId, std::vector<Photo>> photos;
  for (photos::Shown& shown : photos::of_posts(read, illustrated)) {
    photos[shown.post].push_back(std::move(shown.photo));
  }
  std::unordered_map<ClientId, PostCard::Client> names;
  for (const oauth::Client& client : oauth::find_clients(read, clients)) {
    names[client.id] = {.name = client.name, .website = client.website};
  }
  for (auto& [id, card] : cards) {
    card.mentions = std::move(mentions[id]);
    if (const auto found = photos.find(id); found != photos.end()) card.photos = std::move(found->second);
    if (const auto name = names.find(card.client); name != names.end()) card.written_with = name->second;
  }
  return cards;
}

// Mentioned is only who is shown.
CommitNumber change_of_card(const sql::LastChanges& changes, PostId id) {
  return std::max(changes.of(subjects::post(id)), changes.of(subjects::shown_accounts));
}

std::vector<std::shared_ptr<const PostCard>> find_cards(Read& read, const std::vector<PostId>& ids) {
  auto cards = recall(
      read, &Known::post_cards, ids,
      [](const sql::LastChanges& changes, const PostCard& card) { return change_of_card(changes, card.id); },
      [&](const std::vector<PostId>& missing) { return load_cards(read, missing); });
  std::erase(cards, nullptr);
  return cards;
}

// From what is known of each part: a favourite changes the counts alone.
std::vector<std::pair<PostId, SharedPost>> load(Read& read, const std::vector<PostId>& ids) {
  const auto cards = find_cards(read, ids);
  std::vector<PostId> posts;
  std::vector<AccountId> authors;
  for (const auto& card : cards) {
    posts.push_back(card->id);
    authors.push_back(card->author);
  }
  const auto accounts = accounts::find_shared(read, authors);
  const auto counts = posts::counts(read, posts);
  std::vector<std::pair<PostId, SharedPost>> loaded;
  loaded.reserve(cards.size());
  for (std::size_t i = 0; i < cards.size(); ++i) {
    loaded.emplace_back(
        cards[i]->id, SharedPost{.post = cards[i], .author = accounts[i], .counts = counts[i], .whole = {}});
  }
  return loaded;
}

}  // namespace

std::vector<Pointer> find(Read& read, const std::vector<PostId>& ids) {
  auto found = recall(
      read, &Known::shared_posts, ids,
      [](const sql::LastChanges& changes, const SharedPost& shared) {
        return std::max({change_of_card(changes, shared.post->id),
                         changes.of(subjects::post_counts(shared.post->id)),
                         changes.of(subjects::account(shared.post->author))});
      },
      [&](const std::vector<PostId>& missing) { return load(read, missing); });
  std::erase(found, nullptr);
  return found;
}

Pointer fresh(PostCard card, Account author) {
  return std::make_shared<const SharedPost>(
      SharedPost{.post = std::make_shared<const PostCard>(std::move(card)),
                 .author = std::make_shared<const Account>(std::move(author)),
                 .counts = {},
                 .whole = {}});
}

}  // namespace hoopoe::store::shared_posts
