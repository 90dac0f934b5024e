#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace hoopoe::store::sql {

// Something that writes change and others remember: which kind of thing, and which of its kind.
struct Subject {
  int kind = 0;
  std::int64_t id = 0;
};

// Commits of this process that changed something, counted from 1.
using CommitNumber = std::uint64_t;

// When each subject was last changed: what is remembered of it holds as long as that was before. Subjects
// share places in one table of fixed size, so that a change of one may pass for a change of another, and
// never the other way around. Any thread, but for announce() and note().
class LastChanges {
 public:
  LastChanges();

  // The newest commit that was noted. Whatever the database is asked afterwards is at least as new.
  CommitNumber newest() const { return newest_.load(std::memory_order_acquire); }
  // The newest commit that was announced: all that it changes is marked already.
  CommitNumber announced() const { return announced_.load(std::memory_order_acquire); }
  CommitNumber of(Subject subject) const { return place(subject).load(std::memory_order_acquire); }

  // The writer's thread, before a commit: from here on what is remembered of these is asked for anew. Else
  // somebody could see the commit in the tables beside what was remembered from before it. A commit that
  // fails has its number, too: it may be on disk all the same.
  void announce(std::span<const Subject> subjects);
  // After the commit, and before anybody is told of it.
  void note() { newest_.store(announced(), std::memory_order_release); }

 private:
  std::atomic<CommitNumber>& place(Subject subject) const;

  std::atomic<CommitNumber> newest_ = 0;
  std::atomic<CommitNumber> announced_ = 0;
  std::unique_ptr<std::atomic<CommitNumber>[]> places_;
};

}  // namespace hoopoe::store::sql
