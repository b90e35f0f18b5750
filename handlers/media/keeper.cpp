#include "handlers/media/keeper.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "handlers/media/judgement.hpp"
#include "storage/hex.hpp"

namespace handlers::media {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using outcome = storage::media_result::outcome;

constexpr std::size_t trash_page = 100;

attachment::kind as_attachment(bot::said::media::kind what) {
  switch (what) {
    case bot::said::media::kind::photo: return attachment::kind::photo;
    case bot::said::media::kind::video: return attachment::kind::video;
    case bot::said::media::kind::voice: return attachment::kind::voice;
    case bot::said::media::kind::audio: return attachment::kind::audio;
    case bot::said::media::kind::document:
    case bot::said::media::kind::sticker: break;
  }
  return attachment::kind::document;
}

// On the storage thread: a file is unlinked only while no row can come to stand for it.
void empty_trash(storage::store& store, storage::media_files& files) {
  for (auto names = store.media().trash(trash_page); !names.empty(); names = store.media().trash(trash_page)) {
    for (const auto& name : names) files.remove(name);
    store.media().removed(names);
  }
}

// The platform says that it has no such file, or hands out another than it promised: it may come round, but not for
// long.
bool is_doubt(std::string_view reason) {
  return reason == "not_found" || reason == "address_expired" || reason == "altered";
}

}  // namespace

// What the store says of the work to do.
struct keeper::found {
  std::vector<storage::wanted_media> due;
  std::optional<bot::instant> next;
};

keeper::keeper(surroundings around, turns::service& service, storage::media_files& files, keeper_options o)
    : around_(std::move(around)), service_(service), files_(files), options_(o) {}

keeper::~keeper() { stop(); }

void keeper::stop() {
  if (std::exchange(stopped_, true)) return;
  waiting_.clear();
  workshop_.close();  // it still brings its work to us
  here_.reset();
}

keeper_figures keeper::figures() const {
  keeper_figures f = figures_;
  f.under_way = in_hand_.size();
  f.bytes_used = files_.used();
  return f;
}

// Brings work to the IO thread, if the keeper is still there then.
void keeper::on_io(std::function<void()> work) {
  around_.post([here = std::weak_ptr(here_), work = std::move(work)] {
    if (here.lock()) work();
  });
}

void keeper::start() {
  service_.read([this, &files = files_](storage::store& store) {
    const auto known = store.media().files();
    const auto gone = files.sweep({known.begin(), known.end()});
    if (gone > 0) spdlog::info("media: {} files without a row are gone", gone);
  });
  wake();
}

void keeper::wake() {
  if (stopped_) return;
  if (std::exchange(looking_, true)) {
    look_again_ = true;
    return;
  }
  look();
}

void keeper::look() {
  look_again_ = false;
  // Those in hand are due as well, and stand before the others.
  const std::size_t most = in_hand_.size() + options_.under_way;
  service_.read([this, &files = files_, now = around_.now(), most, here = std::weak_ptr(here_)](storage::store& store) {
    empty_trash(store, files);
    const auto all = std::make_shared<found>();
    all->due = store.media().wanted(now, most);
    all->next = store.media().next_wanted();
    around_.post([this, here, all] {
      if (here.lock()) take(*all);
    });
  });
}

void keeper::take(const found& all) {
  looking_ = false;
  for (const auto& w : all.due)
    if (in_hand_.size() < options_.under_way && !in_hand_.contains(w.id)) begin(w);
  if (look_again_) return wake();
  milliseconds wait = options_.upkeep;
  // With something in hand, its end wakes us.
  if (in_hand_.empty() && all.next) wait = std::clamp<milliseconds>(*all.next - around_.now(), 50ms, wait);
  around_.wake_after(wait);
}

// --- one file ------------------------------------------------------------------------------------------------------

void keeper::begin(const storage::wanted_media& w) {
  in_hand_.insert(w.id);
  if (around_.now() - w.wished_at > options_.oldest) return settle(lose(w, "expired"));
  if (w.file_id.empty()) return settle(lose(w, "key_gone"));
  if (w.claimed > static_cast<std::int64_t>(options_.most_bytes)) return settle(lose(w, "too_large"));
  const auto via = channels_.find(w.via);
  if (via == channels_.end()) return settle(pause(w, "channel_off", 1h));
  via->second->fetch(w.file_id, options_.most_bytes, [this, here = std::weak_ptr(here_), w](fetched_file file) {
    if (here.lock()) came(w, std::move(file));
  });
}

void keeper::came(const storage::wanted_media& w, fetched_file file) {
  switch (file.what) {
    case fetched_file::fate::later: return settle(pause(w, file.reason, file.after));
    case fetched_file::fate::never: return settle(lose(w, file.reason));
    case fetched_file::fate::here: break;
  }
  workshop_.give([this, w, file = std::move(file)]() mutable { work_on(w, std::move(file)); });
}

// On the worker's thread.
void keeper::work_on(const storage::wanted_media& w, fetched_file file) {
  const auto tell = [&](auto make) { on_io([this, make = std::move(make)] { settle(make()); }); };
  if (!file.sha256.empty() && file.sha256 != storage::in_hex(storage::media_files::sha256(file.bytes)))
    return tell([this, w] { return pause(w, "altered", {}); });
  auto judged = judge(file.bytes, w.what);
  if (!judged.refused.empty()) return tell([w, why = judged.refused] { return lose(w, why); });
  try {
    const auto receipt = files_.put(file.bytes);
    if (!receipt)
      return tell([this, w] {
        ++figures_.full;
        return pause(w, "disk_full", 15min);
      });
    storage::media_result kept;
    kept.what = outcome::kept;
    kept.id = w.id;
    kept.file = {judged.what, judged.type, receipt->sha256, receipt->file, static_cast<std::int64_t>(file.bytes.size()),
                 judged.shown};
    tell([kept] { return kept; });
  } catch (const std::exception& e) {
    spdlog::error("media {} is not kept: {}", w.id, e.what());
    tell([this, w] { return pause(w, "disk_fails", {}); });
  }
}

storage::media_result keeper::pause(const storage::wanted_media& w, const std::string& reason,
                                    std::chrono::seconds after) {
  if (is_doubt(reason) && w.attempts + 1 >= options_.most_doubts) return lose(w, reason);
  milliseconds wait = after;
  if (after == 0s) {
    const auto doubled = options_.first_pause * (std::int64_t{1} << std::min(w.attempts, 20));
    wait = std::min<milliseconds>(doubled, options_.longest_pause);
  }
  storage::media_result r;
  r.id = w.id;
  r.reason = reason;
  r.again = around_.now() + wait + std::chrono::duration_cast<milliseconds>(wait * (around_.jitter() / 4));
  return r;
}

storage::media_result keeper::lose(const storage::wanted_media& w, const std::string& reason) {
  storage::media_result r;
  r.what = outcome::lost;
  r.id = w.id;
  r.reason = reason;
  return r;
}

void keeper::settle(storage::media_result r) {
  service_.read([this, &files = files_, r = std::move(r), now = around_.now(),
                 here = std::weak_ptr(here_)](storage::store& store) {
    storage::media_result last = r;
    // Another row of the same content was dropped meanwhile, and its file with it: once more.
    if (last.what == outcome::kept && !files.has(last.file.file)) {
      last.what = outcome::later;
      last.reason = "file_gone";
      last.again = now;
    }
    store.media().settle(last, now);
    around_.post([this, here, last] {
      if (here.lock()) settled(last);
    });
  });
}

void keeper::settled(const storage::media_result& r) {
  in_hand_.erase(r.id);
  switch (r.what) {
    case outcome::kept: ++figures_.kept; break;
    case outcome::later:
      ++figures_.later;
      spdlog::info("media {} is tried again: {}", r.id, r.reason);
      break;
    case outcome::lost:
      ++figures_.lost;
      ++figures_.lost_by_reason[r.reason];
      spdlog::warn("media {} cannot be had: {}", r.id, r.reason);
      service_.wake();  // the reporter may have to be asked
      break;
  }
  if (r.reason == "disk_full") spdlog::error("media: no room for more files");
  wake();
}

// --- lending -------------------------------------------------------------------------------------------------------

void keeper::lend(std::int64_t id, std::function<void(std::shared_ptr<const shown_file>)> ready) {
  if (stopped_) return around_.post([ready = std::move(ready)] { ready(nullptr); });
  waiting_.push_back({id, std::move(ready)});
  next_loan();
}

void keeper::next_loan() {
  while (lent_ < options_.lent && !waiting_.empty()) {
    ++lent_;
    const auto one = std::make_shared<loan>(std::move(waiting_.front()));
    waiting_.pop_front();
    service_.read([this, one, here = std::weak_ptr(here_)](storage::store& store) {
      const auto kept = store.media().kept(one->id);
      around_.post([this, here, one, kept] {
        if (here.lock()) open(std::move(*one), kept);
      });
    });
  }
}

void keeper::open(loan one, const std::optional<storage::kept_media>& kept) {
  const auto give = [this](const loan& to, std::shared_ptr<shown_file> file) {
    // The place is free again when the last who holds the file lets it go.
    const auto back = [this, here = std::weak_ptr(here_), file](const shown_file*) {
      if (!here.lock()) return;
      on_io([this] {
        --lent_;
        next_loan();
      });
    };
    if (file) {
      ++figures_.lent;
      return to.ready(std::shared_ptr<const shown_file>(file.get(), back));
    }
    --lent_;
    to.ready(nullptr);
    next_loan();
  };
  if (!kept || !kept->shown) return give(one, nullptr);
  workshop_.give([this, one = std::move(one), kept = *kept, give] {
    std::shared_ptr<shown_file> file;
    auto bytes = files_.get(kept.file);
    if (auto clean = bytes ? cleaned(*bytes, kept.type) : std::nullopt) {
      file = std::make_shared<shown_file>();
      file->what = as_attachment(kept.what);
      file->type = kept.type;
      file->name = "lampiran." + judge(*clean, kept.what).ending;
      file->bytes = std::move(*clean);
    } else {
      spdlog::error("media {} cannot be opened", one.id);
    }
    on_io([give, one, file] { give(one, file); });
  });
}

}  // namespace handlers::media
