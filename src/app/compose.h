#pragma once

#include <string>
#include <vector>

#include "app/app.h"
#include "domain/post.h"
#include "store/database.h"

namespace hoopoe::app {

// All of a post that follows from its draft alone.
struct Composed {
  Draft draft;
  std::vector<std::string> handles;  // of this server, named in the text
  std::vector<std::string> tags;     // folded
};

// Refusal{invalid} for a text that is empty where there are no photos either, too long by both ways of
// counting, or not Unicode; and for too many photos.
Composed compose(const App& app, Draft draft);
// Those it names who are shown, in the order of their ids.
std::vector<Mention> mentions_of(store::Read& read, const Composed& composed);
std::vector<AccountId> accounts_of(const std::vector<Mention>& mentions);
// Tells those that a post names.
void notify_named(store::Write& write, const Post& post, const std::vector<AccountId>& named);
// Tells whom it answers, named or not, if it is theirs to read; once, however often it is called.
void notify_answered(store::Write& write, const Post& post);

}  // namespace hoopoe::app
