#pragma once

#include <optional>
#include <vector>

#include "domain/page.h"
#include "domain/report.h"
#include "store/database.h"

// What people asked operators to look at: the tables reports and report_posts.
namespace hoopoe::store::reports {

std::optional<Report> find(Read& read, ReportId id);
// Those that are not closed, oldest first.
std::vector<Report> open(Read& read, ReportId after, int limit);
// What an account has reported, newest first.
std::vector<Report> of_account(Read& read, AccountId account, const Page& page);
int open_by(Read& read, AccountId account);
// The newest words of the post that somebody has reported: the number of their revision.
std::optional<int> reported_revision(Read& read, PostId post);

// Id and time are given.
Report insert(Write& write, Report report);
// Their comments are theirs.
void erase_words_of(Write& write, AccountId account);
// False when there is none of that id, or it is closed.
bool close(Write& write, ReportId id);

}  // namespace hoopoe::store::reports
