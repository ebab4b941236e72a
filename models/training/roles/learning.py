"""One step of training, the same for both kinds of networks of roles."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional


def step(net: nn.Module, told: torch.Tensor, batch: dict, optimizer: Any, schedule: Any) -> None:
    """Learns from what was told of a batch: ``gold`` says what is right, ``asked`` how much it counts."""
    loss = functional.binary_cross_entropy_with_logits(told, batch["gold"], reduction="none")
    ((loss * batch["asked"]).sum() / batch["asked"].sum()).backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    schedule.step()
