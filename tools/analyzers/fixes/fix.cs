namespace goport.fixes;
