#include "store/held_posts.h"

#include <utility>

#include "store/photos.h"

namespace hoopoe::store::held_posts {

namespace {

constexpr std::string_view select_held =
    "select id, author_id, person_id, created, text, warning, sensitive, visibility, reply_rule, language, "
    "reply_to_id, client_id, idempotency_key, photos from held_posts ";

std::string lines_of(const std::vector<ChosenPhoto>& photos) {
  std::string lines;
  for (const ChosenPhoto& photo : photos) lines += photo.id.str() + "\n";
  return lines;
}

std::vector<ChosenPhoto> photos_of(std::string_view lines) {
  std::vector<ChosenPhoto> photos;
  for (std::size_t end = 0; (end = lines.find('\n')) != std::string_view::npos;
       lines.remove_prefix(end + 1)) {
    if (const auto id = PhotoId::parse(lines.substr(0, end))) photos.push_back({.id = *id});
  }
  return photos;
}

HeldPost to_held(const Row& row) {
  return {.id = row.get<HeldPostId>(0),
          .author = row.get<AccountId>(1),
          .person = row.get<PersonId>(2),
          .created = row.get<Time>(3),
          .draft = {.text = row.get<std::string>(4),
                    .warning = row.get<std::string>(5),
                    .sensitive = row.get<bool>(6),
                    .visibility = row.get<Visibility>(7),
                    .reply_rule = row.get<ReplyRule>(8),
                    .language = row.get<std::string>(9),
                    .reply_to = row.get<PostId>(10),
                    .photos = photos_of(row.get<std::string>(13)),
                    .client = row.get<ClientId>(11),
                    .idempotency_key = row.get<std::string>(12)}};
}

template <class... Args>
std::vector<HeldPost> select(Read& read, std::string_view condition, const Args&... args) {
  return read.all(Sql::built(std::string(select_held).append(condition)), to_held, args...);
}

}  // namespace

std::optional<HeldPost> find(Read& read, HeldPostId id) {
  std::vector<HeldPost> found = select(read, "where id = $1", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<HeldPost> list(Read& read, HeldPostId after, int limit) {
  return select(read,
                "where id > $1 and not exists (select 1 from accounts a where a.id = held_posts.author_id "
                "and a.suspended is not null) order by id limit $2",
                after.value, limit);
}

std::vector<HeldPost> of_author(Read& read, AccountId author) {
  return select(read, "where author_id = $1 order by id", author);
}

HeldPostId insert(Write& write, const HeldPost& post) {
  const auto id = write.next_id<HeldPostId>();
  const Draft& draft = post.draft;
  write.execute(
      "insert into held_posts (id, author_id, person_id, created, text, warning, sensitive, visibility, "
      "reply_rule, language, reply_to_id, client_id, idempotency_key, photos) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      id, post.author, post.person, write.now(), draft.text, draft.warning, draft.sensitive, draft.visibility,
      draft.reply_rule, draft.language, draft.reply_to, draft.client, draft.idempotency_key,
      lines_of(draft.photos));
  photos::hold(write, id, ids_of(draft.photos));
  return id;
}

bool erase(Write& write, HeldPostId id) {
  photos::let_go(write, id);
  return write.execute("delete from held_posts where id = $1", id) > 0;
}

void erase_of_author(Write& write, AccountId author) {
  for (const HeldPost& held : of_author(write, author)) erase(write, held.id);
}

}  // namespace hoopoe::store::held_posts
