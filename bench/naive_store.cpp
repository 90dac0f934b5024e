#include "naive_store.h"

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string_view>
#include <variant>

#include <sqlite3.h>

namespace hoopoe::bench {

namespace {

constexpr const char* tables = R"(
create table accounts (id integer primary key, posts integer not null, last_post integer);
create table posts (id integer primary key, author integer not null, person integer, created integer not null,
  visibility integer not null, language text not null, text text not null);
create index posts_by_author on posts (author, id);
create table mentions (id integer primary key, post integer not null, account integer not null,
  author integer not null);
create index mentions_by_post on mentions (post);
create index mentions_by_account on mentions (account, post);
create index mentions_by_pair on mentions (author, account);
create table tags (id integer primary key, tag text not null, post integer not null);
create index tags_by_tag on tags (tag, post);
create table notifications (id integer primary key, account integer not null, kind integer not null,
  author integer not null, post integer not null, created integer not null);
create index notifications_by_account on notifications (account, id);
create table events (id integer primary key, kind integer not null, account integer not null,
  post integer not null, created integer not null);
)";
constexpr std::int64_t first_id = 113'000'000'000'000'000;
constexpr std::int64_t id_step = 65'537;  // ids that grow with time, with room between them
constexpr int preload_batch = 1'024;

void check(bool worked, sqlite3* handle) {
  if (!worked) throw std::runtime_error(sqlite3_errmsg(handle));
}

using Value = std::variant<std::int64_t, std::string_view>;

class Statement {
 public:
  Statement(sqlite3* handle, const char* sql) : handle_(handle) {
    check(sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) == SQLITE_OK,
          handle);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void run(std::initializer_list<Value> values) {
    int index = 0;
    for (const Value& value : values) {
      ++index;
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        sqlite3_bind_int64(statement_, index, *number);
      } else {
        const auto text = std::get<std::string_view>(value);
        sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
      }
    }
    check(sqlite3_step(statement_) == SQLITE_DONE, handle_);
    sqlite3_reset(statement_);
  }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

std::int64_t newest_id(sqlite3* handle) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(handle, "select max(id) from posts", -1, &statement, nullptr) == SQLITE_OK,
        handle);
  check(sqlite3_step(statement) == SQLITE_ROW, handle);
  const std::int64_t id = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return id;
}

}  // namespace

struct NaiveStore::Statements {
  explicit Statements(sqlite3* handle)
      : begin(handle, "begin immediate"),
        commit(handle, "commit"),
        post(handle, "insert into posts values (?, ?, ?, ?, 0, 'en', ?)"),
        mention(handle, "insert into mentions (post, account, author) values (?, ?, ?)"),
        tag(handle, "insert into tags (tag, post) values (?, ?)"),
        notification(
            handle,
            "insert into notifications (account, kind, author, post, created) values (?, 1, ?, ?, ?)"),
        event(handle, "insert into events (kind, account, post, created) values (?, ?, ?, ?)"),
        count(handle,
              "insert into accounts values (?, 1, ?) on conflict (id) do update "
              "set posts = posts + 1, last_post = excluded.last_post") {}

  Statement begin, commit, post, mention, tag, notification, event, count;
};

NaiveStore::NaiveStore(const std::filesystem::path& file, std::span<const Prepared> posts, int preloaded) {
  const bool is_new = !std::filesystem::exists(file);
  check(sqlite3_open(file.c_str(), &handle_) == SQLITE_OK, handle_);
  run("pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -524288; "
      "pragma wal_autocheckpoint = 8000");
  if (is_new) run(tables);
  statements_ = std::make_unique<Statements>(handle_);
  newest_id_ = is_new ? first_id : newest_id(handle_);
  for (int done = 0; is_new && done < preloaded; done += preload_batch) {
    const auto size = std::min<std::size_t>(posts.size(), preload_batch);
    add(posts.subspan(static_cast<std::size_t>(done) % (posts.size() - size + 1), size));
  }
  run("pragma wal_checkpoint(truncate); pragma synchronous = full");
}

NaiveStore::~NaiveStore() {
  statements_.reset();
  sqlite3_close(handle_);
}

void NaiveStore::add(std::span<const Prepared> posts) {
  statements_->begin.run({});
  for (const Prepared& post : posts) add_one(post);
  statements_->commit.run({});
}

void NaiveStore::run(const char* sql) {
  check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, handle_);
}

void NaiveStore::add_one(const Prepared& post) {
  const std::int64_t id = newest_id_ += id_step;
  const std::int64_t author = post.author.account.value;
  const std::int64_t created = to_milliseconds(system_clock().now());
  statements_->post.run({id, author, post.author.person.value, created, post.text});
  for (const AccountId account : post.mentions) {
    statements_->mention.run({id, account.value, author});
    statements_->notification.run({account.value, author, id, created});
    statements_->event.run({std::int64_t{2}, account.value, id, created});
  }
  for (const std::string& tag : post.tags) statements_->tag.run({tag, id});
  statements_->event.run({std::int64_t{1}, author, id, created});
  statements_->count.run({author, created});
}

}  // namespace hoopoe::bench
