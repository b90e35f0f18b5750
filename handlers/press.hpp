// Makes the papers of notices when they are sent: reads the notice, writes what stands on the paper, draws it, and
// keeps nothing. Lives on the IO thread; what is slow is done on the storage thread and on a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "handlers/channel.hpp"
#include "handlers/media/workshop.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

class press {
 public:
  struct surroundings {
    turns::service::poster post;
    turns::service::clock now;  // from any thread
    std::string public_url;     // of the service, empty: papers carry no QR code
  };

  // The references outlive the press, which must be stopped before the service is.
  press(surroundings, turns::service&, const bot::handbook&);
  ~press();
  press(const press&) = delete;
  press& operator=(const press&) = delete;

  // See file_opener. A paper that cannot be sent any more comes with the reason for staff. After stop() nothing comes:
  // the message stays in the outbox.
  void lend(const bot::paper_order&, std::function<void(std::shared_ptr<const shown_file>)> ready);
  void stop();  // waits for the paper that is being drawn

 private:
  struct job;
  void draw(const std::shared_ptr<job>&);
  void give(const std::shared_ptr<job>&, shown_file);

  surroundings around_;
  turns::service& service_;
  const bot::handbook& book_;
  bool stopped_ = false;
  media::workshop workshop_;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);  // gone with the press: what comes later finds nobody
};

}  // namespace handlers
