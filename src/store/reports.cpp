#include "store/reports.h"

#include <unordered_map>

#include "store/page.h"

namespace hoopoe::store::reports {

namespace {

constexpr std::string_view select_report =
    "select id, account_id, target_id, category, comment, created, closed from reports ";

Report to_report(const Row& row) {
  return {.id = row.get<ReportId>(0),
          .account = row.get<AccountId>(1),
          .target = row.get<AccountId>(2),
          .posts = {},
          .category = row.get<ReportCategory>(3),
          .comment = row.get<std::string>(4),
          .created = row.get<Time>(5),
          .closed = row.get<std::optional<Time>>(6)};
}

void add_posts(Read& read, std::vector<Report>& reports) {
  std::unordered_map<ReportId, Report*> by_id;
  std::vector<ReportId> ids;
  for (Report& report : reports) {
    by_id.emplace(report.id, &report);
    ids.push_back(report.id);
  }
  for (const Row& row : read.query("select report_id, post_id from report_posts where report_id in {ids:$1} "
                                   "order by report_id, post_id",
                                   ids)) {
    by_id.at(row.get<ReportId>(0))->posts.push_back(row.get<PostId>(1));
  }
}

template <class... Args>
std::vector<Report> select(Read& read, std::string_view condition, const Args&... args) {
  std::vector<Report> found =
      read.all(Sql::built(std::string(select_report).append(condition)), to_report, args...);
  add_posts(read, found);
  return found;
}

}  // namespace

std::optional<Report> find(Read& read, ReportId id) {
  std::vector<Report> found = select(read, "where id = $1", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Report> open(Read& read, ReportId after, int limit) {
  return select(read, "where closed is null and id > $1 order by id limit $2", after.value, limit);
}

std::vector<Report> of_account(Read& read, AccountId account, const Page& page) {
  std::vector<Report> found = page_of(read, std::string(select_report).append("where account_id = $1 and "),
                                      "id", page, to_report, account);
  add_posts(read, found);
  return found;
}

int open_by(Read& read, AccountId account) {
  return read.value<int>("select count(*) from reports where account_id = $1 and closed is null", account);
}

std::optional<int> reported_revision(Read& read, PostId post) {
  return read.maybe<int>(
      "select revision from report_posts where post_id = $1 order by revision desc limit 1", post);
}

Report insert(Write& write, Report report) {
  report.id = write.next_id<ReportId>();
  report.created = write.now();
  write.execute(
      "insert into reports (id, account_id, target_id, category, comment, created) "
      "values ($1, $2, $3, $4, $5, $6)",
      report.id, report.account, report.target, report.category, report.comment, report.created);
  for (const PostId post : report.posts) {
    write.execute(
        "insert into report_posts (report_id, post_id, revision) select $1, id, revision from posts "
        "where id = $2",
        report.id, post);
  }
  return report;
}

void erase_words_of(Write& write, AccountId account) {
  write.execute("update reports set comment = '' where account_id = $1", account);
}

bool close(Write& write, ReportId id) {
  return write.execute("update reports set closed = $2 where id = $1 and closed is null", id, write.now()) >
         0;
}

}  // namespace hoopoe::store::reports
