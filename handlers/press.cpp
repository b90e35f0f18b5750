#include "handlers/press.hpp"

#include <spdlog/spdlog.h>

#include <optional>
#include <utility>

#include "bot/notices/paper.hpp"
#include "handlers/paper/drawing.hpp"

namespace handlers {
namespace {

shown_file none(std::string_view why) {
  shown_file f;
  f.absent = why;
  return f;
}

}  // namespace

struct press::job {
  bot::paper_order order;
  std::function<void(std::shared_ptr<const shown_file>)> ready;
  std::optional<bot::notices::notice> notice;
  std::string person;
};

press::press(surroundings around, turns::service& service, const bot::handbook& book)
    : around_(std::move(around)), service_(service), book_(book) {}

press::~press() { stop(); }

void press::stop() {
  if (std::exchange(stopped_, true)) return;
  workshop_.close();
  here_.reset();
}

void press::lend(const bot::paper_order& order, std::function<void(std::shared_ptr<const shown_file>)> ready) {
  if (stopped_) return;
  auto one = std::make_shared<job>();
  one->order = order;
  one->ready = std::move(ready);
  service_.read([this, one, post = around_.post, here = std::weak_ptr(here_)](storage::store& store) {
    std::string_view fault;
    try {
      bot::reads wanted;
      wanted.notice_numbers = {one->order.number};
      auto found = store.notices(wanted);
      one->notice = found.empty() ? std::nullopt : std::optional(std::move(found.front()));
      if (one->notice) one->person = store.person_of(one->notice->id);
    } catch (const storage::refused&) {
      fault = "unreadable";
    }
    post([this, here, one, fault] {
      if (!here.lock()) return;
      if (!fault.empty()) return give(one, none(fault));
      const auto* n = one->notice ? &*one->notice : nullptr;
      if (const auto why = bot::notices::why_not(one->order, n); !why.empty()) return give(one, none(why));
      workshop_.give([this, one] { draw(one); });
    });
  });
}

// On the worker's thread.
void press::draw(const std::shared_ptr<job>& one) {
  shown_file file;
  try {
    const auto paper = bot::notices::make_paper(*one->notice, one->order.kind, {one->person, around_.public_url},
                                                around_.now(), book_);
    file.bytes = paper::draw_pdf(paper);
    file.type = "application/pdf";
    file.name = paper.file_name;
  } catch (const std::exception& e) {
    spdlog::error("paper of notice {} cannot be drawn: {}", one->notice->id, e.what());
    file = none("not_drawn");
  }
  around_.post([this, here = std::weak_ptr(here_), one, file = std::move(file)]() mutable {
    if (here.lock()) give(one, std::move(file));
  });
}

void press::give(const std::shared_ptr<job>& one, shown_file file) {
  one->ready(std::make_shared<const shown_file>(std::move(file)));
}

}  // namespace handlers
