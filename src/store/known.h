#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/prefetch.h"
#include "crypto/hash.h"
#include "domain/account.h"
#include "domain/shared_post.h"
#include "domain/viewer_state.h"
#include "store/database.h"
#include "store/oauth.h"
#include "store/remembered.h"

namespace hoopoe::store {

struct DigestHash {
  std::size_t operator()(const crypto::Digest& digest) const noexcept {
    std::size_t first = 0;
    std::memcpy(&first, digest.data(), sizeof first);
    return first;
  }
};

// Counts know of which post they are.
struct KeptCounts {
  PostId post;
  PostCounts counts;
};

// What the functions of store/ keep of what they read, for all who read. Each value holds until one of the
// subjects it was made of changes. Where there are more of a kind than these, what nobody asks for goes.
struct Known {
  // With what the API makes of each, some 3 KB a post and 2 KB an account.
  Remembered<PostId, SharedPost> shared_posts{20'000};
  Remembered<PostId, PostCard> post_cards{20'000};
  Remembered<PostId, KeptCounts> post_counts{40'000};
  Remembered<AccountId, Account> accounts{20'000};
  Remembered<AccountId, ViewerState> viewers{12'000};  // some 4 KB each
  Remembered<crypto::Digest, oauth::Token, DigestHash> tokens{20'000};
};

// The values of the keys, in their order; nullptr where there is none. What is not remembered is loaded at
// once: load(keys) gives (key, value) pairs, in any order. changed(changes, value) is the last commit that
// changed what a value was made of.
template <class Key, class Value, class Hash, class Changed, class Load>
std::vector<std::shared_ptr<const Value>> recall(Read& read, Remembered<Key, Value, Hash> Known::* kind,
                                                 const std::vector<Key>& keys, const Changed& changed,
                                                 const Load& load) {
  const std::optional<Memory>& memory = read.memory();
  std::vector<std::shared_ptr<const Value>> values(keys.size());
  std::vector<Key> missing;
  if (memory && keys.size() > 1) {
    for (const Key& key : keys) (memory->known->*kind).prefetch(key);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (memory) {
      values[i] = (memory->known->*kind).find(keys[i], memory->changes->announced(), [&](const Value& value) {
        return changed(*memory->changes, value);
      });
    }
    if (!values[i]) missing.push_back(keys[i]);
    prefetch(values[i].get());
  }
  if (missing.empty()) return values;
  std::unordered_map<Key, std::shared_ptr<const Value>, Hash> loaded;
  for (auto& [key, value] : load(missing)) {
    auto shared = std::make_shared<const Value>(std::move(value));
    if (memory) (memory->known->*kind).add(key, shared, memory->as_of);
    loaded.emplace(key, std::move(shared));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (values[i]) continue;
    if (const auto found = loaded.find(keys[i]); found != loaded.end()) values[i] = found->second;
  }
  return values;
}

// The same of one.
template <class Key, class Value, class Hash, class Changed, class Load>
std::shared_ptr<const Value> recall_one(Read& read, Remembered<Key, Value, Hash> Known::* kind,
                                        const Key& key, const Changed& changed, const Load& load) {
  using Pairs = std::vector<std::pair<Key, Value>>;
  return recall(read, kind, std::vector{key}, changed,
                [&](const std::vector<Key>&) {
                  Pairs pairs;
                  if (std::optional<Value> value = load()) pairs.emplace_back(key, *std::move(value));
                  return pairs;
                })
      .front();
}

}  // namespace hoopoe::store
