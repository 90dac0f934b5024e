#pragma once

#include "domain/ids.h"
#include "store/sql/last_changes.h"

// What writes change and what is remembered, by name. Each function of store/ that writes says which of these
// it changes (Write::changes).
namespace hoopoe::store::subjects {

using sql::Subject;

enum class Kind {
  post,
  post_counts,
  account,
  viewer,
  follows,
  token,
  tokens,
  shown_accounts,
  audiences,
};

template <class IdType>
Subject of(Kind kind, IdType id) {
  return {.kind = static_cast<int>(kind), .id = id.value};
}

// A post's words, mentions and readers; its counts.
inline Subject post(PostId id) { return of(Kind::post, id); }
inline Subject post_counts(PostId id) { return of(Kind::post_counts, id); }
// An account's profile, standing and counts.
inline Subject account(AccountId id) { return of(Kind::account, id); }
// What an account blocks, mutes, reposts and marks; and who blocks it.
inline Subject viewer(AccountId id) { return of(Kind::viewer, id); }
// Whom an account follows, and how.
inline Subject follows(AccountId id) { return of(Kind::follows, id); }
// A token; all tokens of a person.
inline Subject token(TokenId id) { return of(Kind::token, id); }
inline Subject tokens(PersonId id) { return of(Kind::tokens, id); }
// Which accounts are shown at all.
inline constexpr Subject shown_accounts{.kind = static_cast<int>(Kind::shown_accounts), .id = 0};
// Who may read what is there already: follows, blocks, who is mentioned, who is shown.
inline constexpr Subject audiences{.kind = static_cast<int>(Kind::audiences), .id = 0};

}  // namespace hoopoe::store::subjects
