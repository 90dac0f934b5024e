#include "store/photos.h"

#include <unordered_map>

namespace hoopoe::store::photos {

namespace {

constexpr std::string_view photo_columns =
    "f.id, f.account_id, f.post_id, f.held_post_id, f.created, f.name, f.width, f.height, f.small_width, "
    "f.small_height, f.large_bytes, f.small_bytes, f.blurhash, f.file, ";
constexpr std::string_view own_words = "f.description, f.focus_x, f.focus_y from photos f ";
constexpr std::string_view words_and_readers =
    "f.description, f.focus_x, f.focus_y, a.suspended is null and a.deleted is null and "
    "(f.post_id is null and f.held_post_id is null or exists "
    "(select 1 from posts p where p.id = f.post_id and p.deleted is null)) "
    "from photos f join accounts a on a.id = f.account_id ";
constexpr std::string_view words_shown =
    "s.description, s.focus_x, s.focus_y, s.post_id, s.number from revision_photos s "
    "join photos f on f.id = s.photo_id ";

Photo to_photo(const Row& row) {
  return {.id = row.get<PhotoId>(0),
          .owner = row.get<AccountId>(1),
          .created = row.get<Time>(4),
          .post = row.get<PostId>(2),
          .held_post = row.get<HeldPostId>(3),
          .name = row.get<std::string>(5),
          .file = row.get<std::string>(13),
          .width = row.get<int>(6),
          .height = row.get<int>(7),
          .small_width = row.get<int>(8),
          .small_height = row.get<int>(9),
          .large_bytes = row.get<std::int64_t>(10),
          .small_bytes = row.get<std::int64_t>(11),
          .blurhash = row.get<std::string>(12),
          .description = row.get<std::string>(14),
          .focus = {.x = row.get<int>(15), .y = row.get<int>(16)}};
}

Named to_named(const Row& row) { return {.photo = to_photo(row), .is_shown = row.get<bool>(17)}; }

Shown to_shown(const Row& row) {
  return {.post = row.get<PostId>(17), .revision = row.get<int>(18), .photo = to_photo(row)};
}

template <class Mapper, class... Args>
auto select(Read& read, std::string_view source, std::string_view condition, Mapper mapper,
            const Args&... args) {
  return read.all(Sql::built(std::string("select ").append(photo_columns).append(source).append(condition)),
                  mapper, args...);
}

template <class T>
std::optional<T> only(std::vector<T> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void erase_all(Write& write, const std::vector<Photo>& photos) {
  for (const Photo& photo : photos) erase(write, photo);
}

}  // namespace

std::optional<Photo> find(Read& read, PhotoId id) { return only(find_many(read, {id})); }

std::vector<Photo> find_many(Read& read, const std::vector<PhotoId>& ids) {
  if (ids.empty()) return {};
  std::unordered_map<PhotoId, Photo> found;
  for (Photo& photo : select(read, own_words, "where f.id in {ids:$1}", to_photo, ids)) {
    found.emplace(photo.id, std::move(photo));
  }
  std::vector<Photo> photos;
  for (const PhotoId id : ids) {
    if (const auto photo = found.find(id); photo != found.end()) photos.push_back(photo->second);
  }
  return photos;
}

std::optional<Named> find_named(Read& read, std::string_view name) {
  return only(select(read, words_and_readers, "where f.name = $1", to_named, name));
}

std::vector<Shown> of_posts(Read& read, const std::vector<PostId>& posts) {
  if (posts.empty()) return {};
  return select(read, words_shown,
                "join posts p on p.id = s.post_id and p.revision = s.number where s.post_id in {ids:$1} "
                "order by s.post_id, s.number, s.position",
                to_shown, posts);
}

std::vector<Shown> of_revisions(Read& read, const std::vector<PostId>& posts) {
  return select(read, words_shown, "where s.post_id in {ids:$1} order by s.post_id, s.number, s.position",
                to_shown, posts);
}

std::optional<Photo> insert(Write& write, Photo photo) {
  if (write.execute("delete from photo_files_to_erase where name = $1 and due > $2", photo.file,
                    write.now()) == 0) {
    return std::nullopt;
  }
  photo.id = write.next_id<PhotoId>();
  photo.created = write.now();
  write.execute(
      "insert into photos (id, account_id, created, name, file, width, height, small_width, small_height, "
      "large_bytes, small_bytes, blurhash, description, focus_x, focus_y) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      photo.id, photo.owner, photo.created, photo.name, photo.file, photo.width, photo.height,
      photo.small_width, photo.small_height, photo.large_bytes, photo.small_bytes, photo.blurhash,
      photo.description, photo.focus.x, photo.focus.y);
  return photo;
}

void describe(Write& write, const Photo& photo) {
  write.execute("update photos set description = $2, focus_x = $3, focus_y = $4 where id = $1", photo.id,
                photo.description, photo.focus.x, photo.focus.y);
}

void show(Write& write, PostId post, int revision, const std::vector<Photo>& photos) {
  int position = 0;
  for (const Photo& photo : photos) {
    write.execute(
        "insert into revision_photos (post_id, number, position, photo_id, description, focus_x, focus_y) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        post, revision, position++, photo.id, photo.description, photo.focus.x, photo.focus.y);
    write.execute("update photos set post_id = $2, held_post_id = null where id = $1", photo.id, post);
  }
}

void hold(Write& write, HeldPostId held, const std::vector<PhotoId>& photos) {
  write.execute("update photos set held_post_id = $1 where id in {ids:$2}", held, photos);
}

void let_go(Write& write, HeldPostId held) {
  write.execute("update photos set held_post_id = null, created = $2 where held_post_id = $1", held,
                write.now());
}

void withdraw(Write& write, const Photo& photo) {
  describe(write, photo);
  write.execute("update photos set post_id = null, name = $2, created = $3 where id = $1", photo.id,
                photo.name, write.now());
}

void erase(Write& write, const Photo& photo) {
  write.execute("delete from photos where id = $1", photo.id);
  erase_files_from(write, photo.file, write.now());
}

void erase_of_post(Write& write, PostId post) {
  erase_all(write, select(write, own_words, "where f.post_id = $1", to_photo, post));
  write.execute("delete from revision_photos where post_id = $1", post);
}

bool erase_unpublished_before(Write& write, Time when, int limit) {
  const std::vector<Photo> old = select(
      write, own_words,
      "where f.post_id is null and f.held_post_id is null and f.created < $1 order by f.created limit $2",
      to_photo, when, limit);
  erase_all(write, old);
  return std::cmp_equal(old.size(), limit);
}

void erase_files_from(Write& write, std::string_view name, Time due) {
  write.execute(
      "insert into photo_files_to_erase (name, due) values ($1, $2) on conflict (name) do update set due = "
      "$2",
      name, due);
}

std::vector<std::string> files_to_erase(Read& read, Time now, int limit) {
  return read.values<std::string>(
      "select name from photo_files_to_erase where due <= $1 order by due limit $2", now, limit);
}

void finish_files(Write& write, const std::vector<std::string>& names, Time now) {
  for (const std::string& name : names) {
    write.execute("delete from photo_files_to_erase where name = $1 and due <= $2", name, now);
  }
}

}  // namespace hoopoe::store::photos
